import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { CertificateBundle } from '@wirewrap/certgen';
import type { BoardEndpoint, BoardNetwork, BoardOutcome } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import { CliError } from '../../errors.ts';
import { type BoardServer, startBoardServer } from './board-server.ts';

/** A board whose connections end as they are told to, one after the other; whoever connects to it is refused. */
function boardThat(...ends: readonly (() => Promise<Partial<BoardOutcome>>)[]) {
  let served = 0;
  const serve = async (_port: number, _run: unknown, onListening: () => void) => {
    const end = ends[served];
    served += 1;
    onListening();
    return await end?.();
  };
  return {
    endpoint: { serve } as unknown as BoardEndpoint,
    network: { boardPort: async () => 1, boardAt: () => ({ host: '127.0.0.1', port: 1 }) } as unknown as BoardNetwork,
    certificate: {} as CertificateBundle,
    asksForCertificate: false,
    patienceMs: 10_000,
    servedCount: () => served,
  };
}

/** Connects, and gives what comes of it once the server knows the connection. */
async function arrive(server: BoardServer) {
  const peer = connect(server.port, '127.0.0.1').on('error', () => {});
  await once(peer, 'connect');
  const { port } = peer.address() as AddressInfo;
  await expect.poll(() => server.outcomeOf(port) !== undefined).toBe(true);
  return { settled: async () => await server.outcomeOf(port) };
}

const goesWell = async () => ({ crash: null });

test('a connection that came before the board was back from a reset is told apart', async () => {
  const reset = Promise.withResolvers<Partial<BoardOutcome>>();
  await using server = await startBoardServer(boardThat(() => reset.promise, goesWell, goesWell));
  const first = await arrive(server);
  const waiting = await arrive(server);
  reset.resolve({ crash: 'brown-out' });
  expect(await first.settled()).toMatchObject({ cameEarly: false, outcome: { crash: 'brown-out' } });
  expect(await waiting.settled()).toMatchObject({ cameEarly: true });
  expect(await (await arrive(server)).settled()).toMatchObject({ cameEarly: false });
});

test('a board that is gone is asked no more, and is gone for those who wait', async () => {
  const gone = Promise.withResolvers<never>();
  const board = boardThat(() => gone.promise, goesWell);
  await using server = await startBoardServer(board);
  const first = await arrive(server);
  const waiting = await arrive(server);
  const error = new CliError('HOST', 'The board does not answer.');
  gone.reject(error);
  await expect(first.settled()).rejects.toBe(error);
  await expect(waiting.settled()).rejects.toBe(error);
  expect(board.servedCount()).toBe(1);
});

test('a board that never ends a connection fails in one sentence, and the server can be disposed of', async () => {
  await using server = await startBoardServer({
    endpoint: { serve: () => new Promise(() => {}) } as unknown as BoardEndpoint,
    network: { boardPort: async () => 4433 } as unknown as BoardNetwork,
    certificate: {} as CertificateBundle,
    asksForCertificate: false,
    patienceMs: 10,
    recoveryMs: 10,
  });
  const peer = connect(server.port, '127.0.0.1');
  await once(peer, 'connect');
  const { port } = peer.address() as AddressInfo;
  // The promise itself would be awaited by poll.
  await expect.poll(() => server.outcomeOf(port) !== undefined).toBe(true);
  await expect(server.outcomeOf(port)).rejects.toThrow(
    'The board did not end a connection of tlsfuzzer within 0.02 s, nor after Ctrl-C; reset it and run the rest with --case.',
  );
  peer.destroy();
});
