import { expect, test, vi } from 'vitest';
import type { CaseBench } from './conformance-case.ts';
import { DTLS_CASES } from './dtls-cases.ts';

/** A board of which only the error matters; nothing came over the wire. */
function benchWaitingIn(step: string, errno: number, errnoName: string, bindAddress = '0.0.0.0'): CaseBench {
  const error = { type: 'OSError', args: [errno], errno, errnoName };
  const board = { completed: false, crash: null, error, steps: [], wrap: { step, value: null, error, ms: 1 } };
  const serve = async () => ({ role: 'server', board, wire: null, hostError: null });
  return {
    board: {},
    network: { bindAddress },
    pki: { certificate: async () => ({}) },
    tls: { serve },
  } as unknown as CaseBench;
}

const server = DTLS_CASES.find(({ id }) => id === 'dtls/server-with-client-id');

test.for([
  { errno: 110, name: 'ETIMEDOUT' },
  { errno: 116, name: 'ETIMEDOUT' },
  // recvfrom() of the unix port.
  { errno: 11, name: 'EAGAIN' },
])('no datagram came within the time ($name $errno): the way carries no UDP', async ({ errno, name }) => {
  expect(await server?.run(benchWaitingIn('accept', errno, name))).toEqual({
    unavailable: 'no answer over UDP',
    limit: 'network',
  });
});

test('where a case waited in vain, the next one asks a plain datagram first', async () => {
  const bench = benchWaitingIn('accept', 110, 'ETIMEDOUT');
  const serve = vi.spyOn(bench.tls, 'serve');
  const answers = [await server?.run(bench), await server?.run(bench)];
  expect(answers).toEqual(Array(2).fill({ unavailable: 'no answer over UDP', limit: 'network' }));
  expect(serve).toHaveBeenCalledTimes(1);
});

test('a socket that cannot be bound is an observation', async () => {
  expect(await server?.run(benchWaitingIn('accept', 98, 'EADDRINUSE'))).toMatchObject({ end: 'fails', at: 'accept' });
});

test('on one machine the way is no excuse: a board that takes no datagram is an observation', async () => {
  const bench = benchWaitingIn('accept', 110, 'ETIMEDOUT', '127.0.0.1');
  expect(await server?.run(bench)).toMatchObject({ end: 'fails', at: 'accept' });
});
