import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entriesOf, workspacePackages } from '../../../scripts/build/package-folder.ts';
import { workspaceRoot } from '../src/repository.ts';
import { lackingDocstrings } from './api-docstrings.ts';
import { cleanEnvironment } from './wirewrap.ts';

const apiPages = join(workspaceRoot, 'scripts/api-pages');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-api-'));
  const options = { cwd: apiPages, env: cleanEnvironment(), extendEnv: false, all: true, reject: false } as const;
  const { all, exitCode } = await execa(
    'node_modules/.bin/typedoc',
    ['--out', folder, '--json', join(folder, 'api.json')],
    options,
  );
  if (exitCode !== 0) throw new Error(`typedoc: ${all}`);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function pages(): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
}

test('every entry of every package has its pages', async () => {
  const { entryPoints } = JSON.parse(await readFile(join(apiPages, 'typedoc.json'), 'utf8'));
  const named = entryPoints.map((path: string) => join(apiPages, path)).toSorted();
  // A setup file of vitest has no exports.
  const entries = workspacePackages().flatMap((each) => entriesOf(each).map((entry) => join(each.folder, entry)));
  expect(named).toEqual(entries.filter((path) => !path.endsWith('/record-tests.ts')).toSorted());
});

test('no link on a page leads nowhere', async () => {
  const dead: string[] = [];
  for (const page of await pages()) {
    const html = await readFile(join(folder, page), 'utf8');
    for (const [, target = ''] of html.matchAll(/(?:href|src)="([^"#?:]+)(?:[#?][^"]*)?"/g)) {
      if (!existsSync(join(folder, dirname(page), decodeURI(target)))) dead.push(`${page}: ${target}`);
    }
  }
  expect(dead).toEqual([]);
});

test('everything exported says what it is, what is called has an example, and options say unit and default', async () => {
  expect(lackingDocstrings(JSON.parse(await readFile(join(folder, 'api.json'), 'utf8')))).toEqual([]);
});

test('an example of a docstring is on its page', async () => {
  const page = await readFile(join(folder, 'interfaces/certgen_src.Pki.html'), 'utf8');
  expect(page).toContain('selfSigned');
  expect(page).toMatch(/board\.test/);
});
