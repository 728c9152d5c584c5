import { expect, test } from 'vitest';
import type { CaseBench } from '../cases/conformance-case.ts';
import { runCase } from './run-case.ts';

const LIMIT = { type: 'VirtualBoardLimit', text: 'the engine checks dates' };
const run = (value: unknown) =>
  runCase({ id: 'x', run: async () => value }, { network: { ensureJoined: async () => {} } } as unknown as CaseBench);

test.for([
  { at: 'wrap', end: 'fails', error: LIMIT },
  { raises: LIMIT },
  [{ close: null }, { read: { raises: LIMIT } }],
])('what the engine of a virtual board cannot show is no observation of the firmware: %j', async (value) => {
  expect(await run(value)).toEqual({ unavailable: LIMIT.text, limit: 'engine' });
});

test.for([
  { raises: { type: 'NotImplementedError', text: "a firmware's own" } },
  { raises: { type: 'ValueError', text: 'VirtualBoardLimit: x' } },
  { end: 'completes' },
  null,
])('anything else stands: %j', async (value) => {
  expect(await run(value)).toEqual(value);
});
