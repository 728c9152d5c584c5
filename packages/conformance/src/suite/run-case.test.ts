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

const NO_ROUTE = { type: 'OSError', code: 118, name: 'EHOSTUNREACH' };
const lan = { network: { ensureJoined: async () => {}, bindAddress: '0.0.0.0' } } as unknown as CaseBench;
const oneMachine = { network: { ensureJoined: async () => {}, bindAddress: '127.0.0.1' } } as unknown as CaseBench;

test.for([{ at: 'data', end: 'fails', error: NO_ROUTE }, { raises: NO_ROUTE }, [{ took: 'soon' }, { read: NO_ROUTE }]])(
  'a board without a way into its network says nothing of its TLS: %j',
  async (value) => {
    const item = { id: 'x', run: async () => value };
    expect(await runCase(item, lan)).toEqual({ lost: 'the board did not reach the host' });
    expect(await runCase(item, oneMachine)).toEqual(value);
  },
);

test.for([
  { raises: { type: 'NotImplementedError', text: "a firmware's own" } },
  { raises: { type: 'ValueError', text: 'VirtualBoardLimit: x' } },
  { end: 'completes' },
  null,
])('anything else stands: %j', async (value) => {
  expect(await run(value)).toEqual(value);
});
