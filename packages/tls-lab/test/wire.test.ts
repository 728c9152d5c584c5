import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectTlsClient, startTlsServer } from '../src/index.ts';
import { record } from '../src/transcript/record-stream.ts';
import { opensslClient } from './openssl-ends.ts';
import { testCertificate } from './test-certificate.ts';

const certificate = testCertificate();
const file = new URL('../../../fixtures/sessions/client-hellos.json', import.meta.url);
const hellos = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, { hex: string }>>;
const hello = Buffer.from(hellos['esp32-1.26.1']?.server_hostname?.hex ?? '', 'hex');

describe('how a connection ends', () => {
  test('an alert that comes just before an RST is seen, every time', async () => {
    await using server = await startTlsServer({ certificate: await certificate });
    for (let turn = 0; turn < 50; turn += 1) {
      const next = server.nextTranscript();
      // A board that aborts: ClientHello, an alert, and close() while the server's flight lies unread, which resets.
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(hello);
      await once(socket, 'readable');
      socket.write(record(21, Buffer.from([2, 48])), () => socket.resetAndDestroy());
      const { alerts, close, clientHello, peerError } = await next;
      expect(alerts).toEqual([
        expect.objectContaining({ sender: 'board', level: 'fatal', number: 48, encrypted: false }),
      ]);
      expect(close).toMatchObject({ by: 'board', tcp: { board: 'rst' } });
      expect(clientHello?.serverName).toBe('board.test');
      expect(peerError?.alert).toBe(48);
    }
  });

  test.for([
    { name: 'FIN', finish: 'end', how: 'fin' },
    { name: 'RST', finish: 'resetAndDestroy', how: 'rst' },
  ] as const)('$name without a byte', async ({ finish, how }) => {
    await using server = await startTlsServer({ certificate: await certificate });
    const next = server.nextTranscript();
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket[finish]();
    expect(await next).toMatchObject({
      clientHello: null,
      negotiated: null,
      close: { by: 'board', how, tcp: { board: how } },
      bytes: { board: 0, peer: 0 },
    });
  });

  test('a connection that stays open is cut off at the deadline and told as open', async () => {
    await using server = await startTlsServer({ certificate: await certificate });
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const flight = once(socket, 'data');
    socket.write(hello);
    await flight;
    const transcript = await server.nextTranscript({ deadlineMs: 200 });
    expect(transcript).toMatchObject({ closedAtMs: null, close: { by: null, how: 'open' } });
    expect(transcript.negotiated?.version).toBe('TLSv1.2');
    if (!socket.closed) await once(socket, 'close');
  });

  test('no connection at all: the error says what was waited for and how long', async () => {
    await using server = await startTlsServer({ certificate: await certificate });
    await expect(server.nextTranscript({ deadlineMs: 50 })).rejects.toThrow(
      `Waited 50 ms for a connection to 127.0.0.1:${server.port}; received instead: nothing.`,
    );
    const aborted = server.nextTranscript({ signal: AbortSignal.timeout(20) });
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('what was negotiated', () => {
  test('a HelloRetryRequest: two hellos, the group of the second', async () => {
    await using server = await startTlsServer({ certificate: await certificate, groups: 'P-384' });
    const next = server.nextTranscript();
    await using client = await connectTlsClient('127.0.0.1', server.port, {
      groups: 'X25519:P-384',
      application: { send: 'x', afterwards: 'close-after-answer' },
    });
    await client.transcript();
    const transcript = await next;
    expect(transcript.messages.filter(({ name }) => name === 'client_hello')).toHaveLength(2);
    expect(transcript.messages.filter(({ name }) => name === 'server_hello')).toHaveLength(2);
    expect(transcript.negotiated).toMatchObject({ version: 'TLSv1.3', group: 'secp384r1', resumed: false });
    expect(transcript.records.filter(({ contentType }) => contentType === null)).toEqual([]);
  });

  test.for(['TLSv1.2', 'TLSv1.3'] as const)('a resumed session in %s', async (maxVersion) => {
    const folder = await mkdtemp(join(tmpdir(), 'wirewrap-session-'));
    try {
      const session = join(folder, 'session.pem');
      const application = { respond: 'pong', when: 'ping' };
      await using server = await startTlsServer({ certificate: await certificate, maxVersion, application });
      const resumed: (boolean | undefined)[] = [];
      for (const flag of ['-sess_out', '-sess_in']) {
        const next = server.nextTranscript();
        await opensslClient(server.port, [flag, session], 60_000);
        resumed.push((await next).negotiated?.resumed);
      }
      expect(resumed).toEqual([false, true]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('bad input is one sentence', () => {
  test('an address that is not ours', async () => {
    await expect(startTlsServer({ certificate: await certificate, address: '192.0.2.7' })).rejects.toThrow(
      /^The TLS server cannot listen on 192\.0\.2\.7 \(EADDRNOTAVAIL\); name an address of this host/,
    );
  });

  test('a board that does not listen', async () => {
    await expect(connectTlsClient('127.0.0.1', 1, {})).rejects.toThrow(
      /^The host could not connect to 127\.0\.0\.1:1 \(ECONNREFUSED\); check that the board listens/,
    );
  });

  test('a cipher that OpenSSL does not know, and a key of another certificate', async () => {
    const mine = await certificate;
    await expect(startTlsServer({ certificate: mine, ciphers: 'NO-SUCH' })).rejects.toMatchObject({
      code: 'UNUSABLE_OPTIONS',
    });
    const other = await testCertificate();
    await expect(startTlsServer({ certificate: { ...mine, key: other.key } })).rejects.toThrow(/"self-signed": .*key/);
  });

  test('a fault that does not exist', async () => {
    // @ts-expect-error a name that does not exist does not compile either
    await expect(startTlsServer({ certificate: await certificate, faults: ['no-such'] })).rejects.toMatchObject({
      code: 'UNKNOWN_FAULT',
    });
  });
});

test('two connections at once keep their stories apart', async () => {
  await using server = await startTlsServer({ certificate: await certificate });
  const names = ['one.test', 'two.test', 'three.test'];
  const clients = await Promise.all(
    names.map((serverName) =>
      connectTlsClient('127.0.0.1', server.port, {
        serverName,
        application: { send: serverName, afterwards: 'close-after-answer' },
      }),
    ),
  );
  await using stack = new AsyncDisposableStack();
  for (const client of clients) stack.use(client);
  const told = await Promise.all(names.map(() => server.nextTranscript()));
  for (const { serverName, received } of told) expect(Buffer.from(received).toString()).toBe(serverName);
  expect(told.map(({ serverName }) => serverName).toSorted()).toEqual(names.toSorted());
});
