import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTlsServer } from '../src/index.ts';
import { testCertificate } from './test-certificate.ts';

const certificate = testCertificate();

// openssl takes some 20 ms to start, so the board's end comes while nobody listens to the socket yet.
test.for(['node', 'openssl'] as const)('a board that closes at once, without a byte, %s', async (engine) => {
  await using server = await startTlsServer({ certificate: await certificate, engine });
  const next = server.nextTranscript({ deadlineMs: 30_000 });
  const board = connect({ port: server.port, host: server.address, allowHalfOpen: true });
  await once(board, 'connect');
  board.end();
  board.resume();
  const transcript = await next;
  board.destroy();
  expect(transcript.close).toMatchObject({ by: 'board', how: 'fin', tcp: { board: 'fin' } });
  expect(transcript.clientHello).toBeNull();
});
