import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { CertificateBundle } from '@wirewrap/certgen';
import type { BoardEndpoint, BoardNetwork } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import { startBoardServer } from './board-server.ts';

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
