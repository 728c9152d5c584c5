import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CLAIMS } from '../claims/index.ts';
import { FINDINGS } from '../findings/findings.ts';
import { claimsPage } from './claims-page.ts';

const page = await readFile(new URL('../../../../docs/claims.md', import.meta.url), 'utf8');

test('docs/claims.md is what the code says; `node packages/cli/bin/run.mjs scripts/claims-page.ts` brings it up to date', () => {
  expect(claimsPage(page)).toBe(page);
});

test('every claim and every finding is named, the findings first', () => {
  const names = [...CLAIMS, ...FINDINGS].map(({ id }) => id);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  const places = FINDINGS.map(({ id }) => page.indexOf(`\`${id}\``));
  expect(Math.max(...places)).toBeLessThan(page.indexOf('## The statements'));
});

test('what drifted is brought back', () => {
  const drifted = page
    .replace(/, [\d,]+ of them/, ', 7 of them')
    .replace('| trap ', '| hole ')
    .replace('### DTLS', '### DLTS');
  expect(drifted).not.toBe(page);
  expect(claimsPage(drifted)).toBe(page);
});
