import { hostClock } from '@wirewrap/repl-driver/basics';
import { type Handshake, TlsLabError } from '@wirewrap/tls-lab';
import { describe, expect, test } from 'vitest';
import type { CaseBench } from './conformance-case.ts';
import { serverCase } from './handshake-case.ts';
import { outOfReach } from './reach.ts';

const NO_WAY = { unavailable: 'the host cannot reach the board (WIREWRAP_BOARD_ADDRESS)', limit: 'network' };

/** The host did not get through: the board waited in accept(). */
const missed = { role: 'server', board: ended('accept', 110), wire: null, hostError: 'The host could not connect …' };
/** A forward took the host's connection and brought it to nobody. */
const forwardedNowhere = {
  ...missed,
  board: ended('accept', 116, 'ETIMEDOUT'),
  wire: { bytes: { board: 0 } },
  hostError: null,
};
/** The board says that it could not even listen, so that the host never tried. */
const deaf = { role: 'server', board: ended('accept', 98), wire: null, hostError: null };
const reached = {
  role: 'server',
  board: { ...ended('wrap', null), completed: true, wrapMs: 3, heapBefore: null, heapAfter: null },
  wire: { alerts: [], clientHello: {}, close: { tcp: {} } },
  hostError: null,
};

function ended(step: string, errno: number | null, errnoName: string | null = null) {
  const error = errno === null ? null : { type: 'OSError', args: [errno], errno, errnoName };
  return { completed: false, crash: null, error, steps: [], wrap: { step, value: null, error, ms: 1 } };
}

function benchServing(...handshakes: readonly unknown[]): CaseBench & { asked: number } {
  const bundle = { key: { der: new Uint8Array() }, leaf: { der: new Uint8Array() } };
  const bench = {
    asked: 0,
    board: {},
    network: { bindAddress: '0.0.0.0' },
    can: {},
    clock: hostClock,
    measure: () => {},
    pki: { certificate: async () => bundle },
    tls: { serve: async () => handshakes[Math.min(bench.asked++, handshakes.length - 1)] },
  };
  return bench as unknown as CaseBench & { asked: number };
}

const row = serverCase({ id: 'server/x' });

test('on one machine the way is no excuse: a server that takes no connection is an observation', async () => {
  const bench = { ...benchServing(missed), network: { bindAddress: '127.0.0.1' } } as unknown as CaseBench;
  expect(await row.run(bench)).toMatchObject({ end: 'fails', at: 'accept', error: { type: 'no connection' } });
  expect(outOfReach(bench)).toBeNull();
});

test('elsewhere a server without TLS decides', async () => {
  const { noteUnreached } = await import('./reach.ts');
  const bench = benchServing(missed);
  expect(await noteUnreached(bench, async () => true)).toMatchObject({ end: 'fails', at: 'accept' });
  expect(await noteUnreached(bench, async () => false)).toEqual(NO_WAY);
});

describe('a host that cannot reach the board', () => {
  test('tries twice, says so, and asks no more in this session', async () => {
    const bench = benchServing(missed);
    expect(await row.run(bench)).toEqual(NO_WAY);
    expect(bench.asked).toBe(2);
    expect(await row.run(bench)).toEqual(NO_WAY);
    expect(bench.asked).toBe(2);
    expect(outOfReach(bench)).toEqual(NO_WAY);
  });

  test('that reached it before loses the case only', async () => {
    const bench = benchServing(reached, missed, missed, reached, forwardedNowhere, forwardedNowhere, reached);
    expect(await row.run(bench)).toMatchObject({ end: 'completes' });
    expect(await row.run(bench)).toEqual({ lost: 'the host did not reach the board' });
    expect(await row.run(bench)).toMatchObject({ end: 'completes' });
    expect(await row.run(bench)).toEqual({ lost: 'the host did not reach the board' });
    expect(await row.run(bench)).toMatchObject({ end: 'completes' });
    expect(outOfReach(bench)).toBeNull();
  });

  test('that gets through the second time observes the board', async () => {
    const bench = benchServing(missed, reached);
    expect(await row.run(bench)).toMatchObject({ end: 'completes' });
    expect(bench.asked).toBe(2);
  });
});

test('a board that does not listen is an observation', async () => {
  expect(await row.run(benchServing(deaf))).toMatchObject({ end: 'fails', at: 'accept' });
});

test('a board whose connect() waited in vain did not reach the host; one that was refused did', async () => {
  const { hostWasUnreached } = await import('./reach.ts');
  const asked = (board: unknown, wire: unknown = null) =>
    hostWasUnreached({ role: 'client', board, wire, hostError: null } as unknown as Handshake);
  expect(asked(ended('connect', 116, 'ETIMEDOUT'))).toBe(true);
  expect(asked(ended('connect', 113, 'ECONNABORTED'))).toBe(true);
  expect(asked(ended('connect', 111, 'ECONNREFUSED'))).toBe(false);
  expect(asked(ended('wrap', 116, 'ETIMEDOUT'))).toBe(false);
  // Seen on 1.20.0 in an emulator, whose network connects to the host before the board's radio lost the answer.
  const wire = (sent: number, tcp: string) => ({ bytes: { board: sent, peer: 0 }, close: { tcp: { peer: tcp } } });
  expect(asked(ended('connect', 113, 'ECONNABORTED'), wire(0, 'open'))).toBe(true);
  expect(asked(ended('connect', 113, 'ECONNABORTED'), wire(0, 'rst'))).toBe(false);
  expect(asked(ended('connect', 116, 'ETIMEDOUT'), wire(100, 'open'))).toBe(false);
});

test('the errors of a connection that never came are known by their code', async () => {
  const { isUnreached } = await import('./reach.ts');
  for (const code of ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'DEADLINE']) {
    expect(isUnreached(new TlsLabError(code, '…'))).toBe(true);
  }
  expect(isUnreached(new TlsLabError('UNUSABLE_OPTIONS', '…'))).toBe(false);
  expect(isUnreached(new Error('…'))).toBe(false);
});
