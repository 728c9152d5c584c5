import { expect, test } from 'vitest';
import { footprintRows } from './footprint-rows.ts';

const bare = { free: 150_000, largest: 120_000, native: { free: 180_000, largest: 110_000 } };
const agent = { ...bare, free: 146_000 };
const ready = { free: 137_500, largest: 100_000, native: { free: 130_000, largest: 90_000 } };

test('what the harness takes, in bytes and in the largest block', () => {
  expect(footprintRows({ bare, agent, ready })).toEqual([
    ['harness: agent', '4,000 bytes'],
    ['harness: ready for a case', '12,500 bytes of 150,000 free'],
    ['harness: largest free block', '120,000 bytes without it, 100,000 with it'],
    ['harness: ESP-IDF heap', '50,000 bytes, with the network'],
  ]);
});

test('no row for a heap that the board does not tell, and none where nothing was measured', () => {
  const without = { ...bare, native: null };
  expect(footprintRows({ bare: without, agent, ready: { ...ready, native: null } })).toHaveLength(3);
  expect(footprintRows(undefined)).toEqual([]);
});
