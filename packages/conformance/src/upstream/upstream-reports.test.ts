import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FINDINGS } from '../findings/findings.ts';
import { readRunRecord } from '../record/record-file.ts';
import { programOf } from './program-of.ts';
import { upstreamIndex, upstreamPage } from './upstream-page.ts';
import { UPSTREAM_REPORTS } from './upstream-reports.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = join(root, 'fixtures/firmware-runs');
const records = await Promise.all(
  readdirSync(folder)
    .sort()
    .map((name) => readRunRecord(join(folder, name))),
);
const page = (name: string): string => readFileSync(join(root, 'docs/upstream', name), 'utf8');

test('each finding has a report, a program and at least one line of source', () => {
  expect(UPSTREAM_REPORTS.map(({ finding }) => finding)).toEqual(FINDINGS.map(({ id }) => id));
  const programs = readdirSync(join(import.meta.dirname, 'programs'));
  expect(programs.sort()).toEqual(UPSTREAM_REPORTS.map(({ finding }) => `${finding}.py`).sort());
  for (const { finding, sources } of UPSTREAM_REPORTS) expect(sources.length, finding).toBeGreaterThan(0);
});

test('a sign that is printed is printed by the program', () => {
  for (const { finding, sign } of UPSTREAM_REPORTS) {
    if ('prints' in sign) expect(programOf(finding), finding).toContain(`print("${sign.prints}`);
  }
});

test('docs/upstream is what the records say; `node packages/cli/bin/run.mjs scripts/upstream-pages.ts` makes it', () => {
  for (const report of UPSTREAM_REPORTS) {
    expect(page(`${report.finding}.md`), report.finding).toBe(upstreamPage(report, records));
  }
  expect(page('README.md')).toBe(upstreamIndex(UPSTREAM_REPORTS));
});
