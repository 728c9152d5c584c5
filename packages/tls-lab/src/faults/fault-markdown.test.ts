import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultRow } from './fault-markdown.ts';
import { FAULTS } from './fault-table.ts';

const page = readFileSync(new URL('../../../../docs/faults.md', import.meta.url), 'utf8').split('\n');

/** Biome pads the columns of a table. */
const unpadded = (line: string): string => line.replace(/ +/g, ' ');

test('docs/faults.md lists exactly the faults of the table', () => {
  const rows = page.filter((line) => line.startsWith('| `')).map(unpadded);
  expect(rows).toEqual(FAULTS.map(faultRow).map(unpadded));
});
