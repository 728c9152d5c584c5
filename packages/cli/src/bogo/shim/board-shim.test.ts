import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { BoardEndpoint, BoardNetwork, BoardOutcome, BoardRun } from '@wirewrap/tls-lab';
import { describe, expect, test } from 'vitest';
import { BoardShim } from './board-shim.ts';

const step = { step: 'echo', value: 'end', error: null, ms: 1 };
const fine = { completed: true, error: null, crash: null, steps: [step] };

/** A board of which only the outcome matters; what it is asked is kept. */
function shimOf(outcome: object, dial?: (host: string, port: number) => Promise<void>) {
  const runs: BoardRun[] = [];
  const endpoint = {
    ready: async () => {},
    connect: async (host: string, port: number, run: BoardRun) => {
      runs.push(run);
      await dial?.(host, port);
      return outcome as BoardOutcome;
    },
  } as unknown as BoardEndpoint;
  const network = { listenAddress: '127.0.0.1', hostAddress: '127.0.0.1' } as BoardNetwork;
  return { runs, shim: new BoardShim({ endpoint, network, can: { tls13: true }, patienceMs: 1_000 }) };
}

describe('a case on the board', () => {
  test('that went well is exit code 0 and says nothing', async () => {
    const { shim } = shimOf(fine);
    expect(await shim.run(['-port', '1'])).toEqual({ role: 'client', exitCode: 0, stderr: '', note: null });
  });

  test('that raised is exit code 1, with the error', async () => {
    const error = { type: 'OSError', args: [-30_464], errno: -30_464, errnoName: 'MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE' };
    const { shim } = shimOf({ ...fine, completed: false, error });
    expect(await shim.run(['-port', '1', '-server'])).toMatchObject({
      role: 'server',
      exitCode: 1,
      stderr: 'OSError(-30464) MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE\n',
      note: null,
    });
  });

  test('in which the board reset is lost: that says nothing about its TLS', async () => {
    const { shim } = shimOf({ ...fine, completed: false, crash: 'brown-out', crashedIn: 'wrap' });
    expect(await shim.run(['-port', '1'])).toMatchObject({
      exitCode: 1,
      note: { kind: 'lost', reason: 'the board reset in wrap: brown-out' },
    });
  });

  test('that has no end fails', async () => {
    const { shim } = shimOf({ ...fine, steps: [{ ...step, value: 'no end' }] });
    expect(await shim.run(['-port', '1'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('did not end'),
    });
  });

  test('with a flag that nobody knows does not reach the board', async () => {
    const { shim, runs } = shimOf(fine);
    expect(await shim.run(['-port', '1', '-psk', 'x'])).toMatchObject({
      exitCode: 89,
      note: { kind: 'unimplemented' },
    });
    expect(runs).toEqual([]);
  });

  test('with -async leaves the handshake to the first read, but not where the board closes at once', async () => {
    const { shim, runs } = shimOf(fine);
    await shim.run(['-port', '1', '-async']);
    await shim.run(['-port', '1', '-async', '-shim-shuts-down']);
    expect(runs.map(({ timeout, args }) => [timeout, args?.do_handshake])).toEqual([
      ['non-blocking', false],
      [undefined, undefined],
    ]);
  });
});

test('bytes pass between the board and the runner, both ways, to the end', async () => {
  const runner = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)).listen(0, '::1');
  await once(runner, 'listening');
  let echoed = '';
  const { shim } = shimOf(fine, async (host, port) => {
    const board = connect(port, host).setEncoding('utf8');
    board.on('data', (text: string) => {
      echoed += text;
    });
    board.end('hello');
    await once(board, 'end');
  });
  expect(await shim.run(['-port', String((runner.address() as AddressInfo).port)])).toMatchObject({ exitCode: 0 });
  expect(echoed).toBe('hello');
  runner.close();
});
