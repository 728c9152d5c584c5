import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultRow } from './fault-markdown.ts';
import { FAULTS } from './fault-table.ts';

const page = readFileSync(new URL('../../../../docs/faults.md', import.meta.url), 'utf8').split('\n');

test('docs/faults.md lists exactly the faults of the table', () => {
  expect(page.filter((line) => line.startsWith('| `'))).toEqual(FAULTS.map(faultRow));
});
