import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import {
  connectTlsClient,
  startTlsServer,
  type TlsClientOptions,
  type TlsServerOptions,
  type Transcript,
  writeCapture,
} from '../src/index.ts';
import { testCertificate } from './test-certificate.ts';

const certificate = testCertificate();
const transport = 'dtls';
const ping: TlsClientOptions = { application: { send: 'ping\n', afterwards: 'close-after-answer' } };
const noTshark = await execa('tshark', ['--version']).then(
  () => false,
  () => true,
);

/** Both peers against each other: what the client and what the server saw. */
async function exchange(
  server: Partial<TlsServerOptions> = {},
  client: TlsClientOptions = {},
): Promise<readonly [Transcript, Transcript]> {
  await using listening = await startTlsServer({ transport, certificate: await certificate, ...server });
  const next = listening.nextTranscript();
  await using connected = await connectTlsClient('127.0.0.1', listening.port, { transport, ...ping, ...client });
  return await Promise.all([connected.transcript(), next]);
}

const names = ({ messages }: Transcript): string[] => messages.map(({ name }) => name);

describe('both peers against each other', () => {
  test('cookie, handshake, data both ways, close_notify', async () => {
    const both = await exchange({}, { serverName: 'board.test' });
    for (const seen of both) {
      expect(seen).toMatchObject({
        handshakeCompleted: true,
        serverName: 'board.test',
        negotiated: { version: 'DTLSv1.2', resumed: false },
        peerError: null,
        received: Buffer.from('ping\n'),
        faults: [],
        wire: { transport: 'udp', ends: [] },
        close: { how: 'close_notify', tcp: { board: 'open', peer: 'open' } },
      });
      expect(seen.closedAtMs).not.toBeNull();
      expect(names(seen).slice(0, 4)).toEqual(['client_hello', 'hello_verify_request', 'client_hello', 'server_hello']);
      expect(names(seen).filter((name) => name === 'finished')).toHaveLength(2);
      expect(seen.records.filter(({ contentType }) => contentType === null)).toEqual([]);
      expect(seen.timings.toFinishedMs).toBeGreaterThan(0);
    }
    const [client, server] = both;
    expect(client.close.by).toBe('peer');
    expect(server.close.by).toBe('board');
    expect(client.bytes).toEqual({ board: server.bytes.peer, peer: server.bytes.board });
    expect(client.boardCertificates).toEqual([(await certificate).leaf.der]);
  });

  test.for([
    { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
    { ciphers: 'ECDHE-ECDSA-AES128-CCM8' },
    { ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' },
    { ciphers: 'ECDHE-ECDSA-AES256-SHA' },
    { ciphers: 'ECDHE-ECDSA-AES128-SHA@SECLEVEL=0', maxVersion: 'TLSv1.1' },
  ] as const)('every record opens with $ciphers', async (options) => {
    const [, server] = await exchange(options, options);
    expect(server.negotiated?.version).toBe('maxVersion' in options ? 'DTLSv1' : 'DTLSv1.2');
    expect(server).toMatchObject({ handshakeCompleted: true, received: Buffer.from('ping\n') });
    expect(server.records.filter(({ contentType }) => contentType === null)).toEqual([]);
  });

  test('a pre-shared key, without certificates', async () => {
    const psk = { identity: 'board', key: Buffer.from('0123456789abcdef') };
    const options = { psk, ciphers: 'PSK-AES128-GCM-SHA256' };
    const [, server] = await exchange(options, options);
    expect(server.negotiated?.cipherSuite).toBe('TLS_PSK_WITH_AES_128_GCM_SHA256');
    expect(server).toMatchObject({ handshakeCompleted: true, received: Buffer.from('ping\n') });
  });

  test('a certificate that spans several datagrams is put together', async () => {
    const big = await testCertificate('board.test', 'rsa-2048');
    const many = { ...big, intermediates: [big.leaf, big.leaf], chainPem: big.leaf.pem.repeat(3) };
    const [, server] = await exchange({ certificate: many });
    expect(server.handshakeCompleted).toBe(true);
    expect(server.peerCertificates).toHaveLength(3);
    expect(Math.max(...server.wire.chunks.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(1400);
  });

  test('nothing in common: the alert by number and name, also as peerError', async () => {
    const [client, server] = await exchange(
      { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
      { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
    );
    for (const seen of [client, server]) {
      expect(seen).toMatchObject({ negotiated: null, handshakeCompleted: false });
      expect(seen.alerts).toMatchObject([{ level: 'fatal', number: 40, name: 'handshake_failure' }]);
    }
    expect(client.peerError).toMatchObject({ code: 'OPENSSL', alert: 40 });
  });

  test('a client certificate is asked for and seen', async () => {
    const [, server] = await exchange({ clientCertificate: 'request' }, { certificate: await certificate });
    expect(server.clientCertificateRequested).toBe(true);
    expect(server.boardCertificates).toEqual([(await certificate).leaf.der]);
  });
});

test('two boards at once keep their stories apart', async () => {
  await using server = await startTlsServer({ transport, certificate: await certificate });
  const hosts = ['one.test', 'two.test'];
  await using stack = new AsyncDisposableStack();
  for (const serverName of hosts) {
    const application = { send: serverName, afterwards: 'close-after-answer' } as const;
    stack.use(await connectTlsClient('127.0.0.1', server.port, { transport, serverName, application }));
  }
  const told = [await server.nextTranscript(), await server.nextTranscript()];
  for (const { serverName, received } of told) expect(Buffer.from(received).toString()).toBe(serverName);
  expect(told.map(({ serverName }) => serverName).toSorted()).toEqual(hosts);
});

describe('what is not correct', () => {
  test('datagrams that are no DTLS are seen, and cut off at the deadline', async () => {
    await using server = await startTlsServer({ transport, certificate: await certificate });
    const socket = createSocket('udp4');
    socket.send('hello', server.port, '127.0.0.1');
    const seen = await server.nextTranscript({ deadlineMs: 2_000 });
    socket.close();
    expect(seen).toMatchObject({ clientHello: null, closedAtMs: null, records: [], bytes: { board: 5, peer: 0 } });
    expect(seen.close.how).toBe('open');
  });

  test('nobody listens: no datagram came, and the reason is told', async () => {
    const free = createSocket('udp4').bind(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address();
    free.close();
    await using client = await connectTlsClient('127.0.0.1', port, { transport });
    const seen = await client.transcript({ deadlineMs: 3_000 });
    expect(seen).toMatchObject({ bytes: { board: 0 }, peerError: { code: 'ECONNREFUSED', alert: null } });
    expect(seen.clientHello?.sender).toBe('peer');
  });

  test('bad input is one sentence', async () => {
    const options = { transport, certificate: await certificate } as const;
    await expect(startTlsServer({ ...options, faults: ['slow-drip'], renegotiate: true })).rejects.toThrow(
      'A DTLS peer does not do faults, renegotiate; leave it out, or use TLS.',
    );
    await expect(startTlsServer({ ...options, address: '192.0.2.7' })).rejects.toThrow(
      /^The DTLS server cannot listen on 192\.0\.2\.7 \(EADDRNOTAVAIL\); name an address of this host/,
    );
    await expect(connectTlsClient('no-such-host.invalid', 1, { transport })).rejects.toThrow(
      /^The host has no address for "no-such-host\.invalid"/,
    );
  });
});

test('closing the server ends sockets, timers and processes at once', async () => {
  await exchange();
  await sleep(300);
  const kinds = (): string[] => process.getActiveResourcesInfo().toSorted();
  const before = kinds();
  {
    await using server = await startTlsServer({ transport, certificate: await certificate });
    await using _client = await connectTlsClient('127.0.0.1', server.port, { transport, application: 'silent' });
    await expect.poll(() => kinds().filter((name) => name === 'ProcessWrap')).toHaveLength(2);
    await server[Symbol.asyncDispose]();
  }
  const more = () =>
    ['ProcessWrap', 'UDPWrap', 'Timeout'].filter((kind) => {
      const count = (names: readonly string[]) => names.filter((name) => name === kind).length;
      return count(kinds()) > count(before);
    });
  // Not by expect.poll, which holds a timer itself.
  for (let waits = 0; more().length > 0 && waits < 300; waits += 1) await sleep(100);
  expect(more()).toEqual([]);
});

test('a server on which nobody asks leaves no process behind its connections', async () => {
  await using server = await startTlsServer({ transport, certificate: await certificate });
  for (let count = 0; count < 5; count += 1) {
    await using client = await connectTlsClient('127.0.0.1', server.port, { transport, ...ping });
    expect(await client.transcript()).toMatchObject({ handshakeCompleted: true, closedAtMs: expect.any(Number) });
  }
  await expect.poll(() => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap')).toEqual([]);
  expect(await server.nextTranscript()).toMatchObject({ received: Buffer.from('ping\n'), handshakeCompleted: true });
});

test.skipIf(noTshark)(
  `tshark reads the plain text of a capture${noTshark ? ' (skipped: no tshark)' : ''}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wirewrap-dtls-'));
    try {
      const file = join(folder, 'dtls.pcapng');
      await writeCapture(file, await exchange());
      const { stdout } = await execa('tshark', ['-r', file, '-d', 'udp.port==4433,dtls', '-V', '-x']);
      expect(stdout).toContain('Hello Verify Request');
      expect(stdout).toContain('Alert (Level: Warning, Description: Close Notify)');
      expect(stdout.match(/Decrypted DTLS/g)?.length).toBeGreaterThanOrEqual(4);
      expect(stdout).toMatch(/70 69 6e 67 0a/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
