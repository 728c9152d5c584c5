import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { createPki } from '@wirewrap/certgen';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { talkWithSession } from './session-client.ts';

const pki = createPki();
const server = createServer({ maxVersion: 'TLSv1.2' });
const kept = new Map<string, Buffer>();
server.on('secureConnection', (socket) => socket.on('error', () => {}).pipe(socket));
server.on('newSession', (id: Buffer, session: Buffer, done: () => void) => {
  kept.set(id.toString('hex'), session);
  done();
});
server.on('resumeSession', (id: Buffer, done: (error: null, session: Buffer | null) => void) =>
  done(null, kept.get(id.toString('hex')) ?? null),
);

beforeAll(async () => {
  const { key, leaf } = await pki.certificate('good');
  server.setSecureContext({ key: key.pem, cert: leaf.pem });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const talk = (session: Buffer | null) =>
  talkWithSession({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    session,
    signal: AbortSignal.timeout(10_000),
  });

test('a server that keeps its sessions resumes the one that is offered', async () => {
  const first = await talk(null);
  expect(first).toMatchObject({ handshake: 'whole', answer: 'ping\n', session: expect.any(Buffer) });
  expect(await talk(first.session)).toMatchObject({ handshake: 'resumed', answer: 'ping\n' });
});

test('one that has forgotten it makes a whole handshake', async () => {
  const { session } = await talk(null);
  kept.clear();
  expect(await talk(session)).toMatchObject({ handshake: 'whole', answer: 'ping\n' });
});
