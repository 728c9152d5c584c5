import { expect, test } from 'vitest';
import { requireClientOptions } from '../peer/peer-options.ts';
import { FAULT_NAMES } from './fault-name.ts';
import { GONE_FAULTS, goneAfter } from './gone-faults.ts';

test('rows have names of their own, and none of the table that a whole run asks', () => {
  const names = GONE_FAULTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => (FAULT_NAMES as readonly string[]).includes(name))).toEqual([]);
});

test('a row is an option of a peer, and a part of one is not', () => {
  const row = goneAfter('certificate', 'rst');
  expect(row).toMatchObject({ step: 'certificate', act: { act: 'rst', where: 'after' } });
  expect(() => requireClientOptions({ faults: [row] })).not.toThrow();
  expect(() => requireClientOptions({ faults: [{ name: row.name, step: row.step }] })).toThrow(
    /faults\[0\] must be a string/,
  );
});

test('a message after which nobody goes is named with those that there are', () => {
  expect(() => goneAfter('data', 'fin')).toThrow(/No peer goes after "data": choose connect, hello, /);
});
