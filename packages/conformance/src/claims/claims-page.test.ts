import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { FINDINGS } from '../findings/findings.ts';
import { CLAIMS } from './index.ts';

const page = await readFile(new URL('../../../../docs/claims.md', import.meta.url), 'utf8');

test('docs/claims.md names every claim and every finding', () => {
  const names = [...CLAIMS, ...FINDINGS].map(({ id }) => id);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('findings stand first', () => {
  const places = FINDINGS.map(({ id }) => page.indexOf(`\`${id}\``));
  expect(Math.max(...places)).toBeLessThan(page.indexOf('## The statements'));
});
