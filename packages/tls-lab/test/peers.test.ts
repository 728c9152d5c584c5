import { describe, expect, test } from 'vitest';
import type { TlsClientOptions, TlsServerOptions } from '../src/index.ts';
import { connectTlsClient, startTlsServer } from '../src/index.ts';
import { testCertificate } from './test-certificate.ts';

const certificate = testCertificate('board.test');
const other = testCertificate('other.test');
const DEADLINE_MS = 15_000;

/** One connection of our client peer with our server peer: both ends are tapped, so both stories must agree. */
async function meet(server: Partial<TlsServerOptions>, client: TlsClientOptions, deadlineMs = DEADLINE_MS) {
  await using listening = await startTlsServer({ certificate: await certificate, ...server });
  const next = listening.nextTranscript({ deadlineMs });
  await using dialled = await connectTlsClient('127.0.0.1', listening.port, {
    application: { send: 'ping\n', afterwards: 'close-after-answer' },
    ...client,
  });
  const atClient = await dialled.transcript({ deadlineMs });
  return { atServer: await next, atClient };
}

const ENGINES = [
  { server: 'node', client: 'node' },
  { server: 'openssl', client: 'node' },
  { server: 'node', client: 'openssl' },
  { server: 'openssl', client: 'openssl' },
] as const;

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

describe.each(ENGINES)('server $server, client $client', ({ server, client }) => {
  test.for(VERSIONS)('echo over %s, both transcripts agree', async (version) => {
    const range = { minVersion: version, maxVersion: version };
    const { atServer, atClient } = await meet({ engine: server, ...range }, { engine: client, ...range });
    expect(atServer.negotiated?.version).toBe(version);
    expect(atServer.negotiated).toEqual(atClient.negotiated);
    expect(atServer.handshakeCompleted && atClient.handshakeCompleted).toBe(true);
    expect(Buffer.from(atServer.received).toString()).toBe('ping\n');
    expect(Buffer.from(atClient.received).toString()).toBe('ping\n');
    expect(atServer.records.filter((record) => record.contentType === null)).toEqual([]);
    expect(atServer.messages.map((message) => message.name)).toEqual(atClient.messages.map((message) => message.name));
    expect(atServer.close).toMatchObject({ by: 'board', how: 'close_notify' });
    expect(atClient.close).toMatchObject({ by: 'peer', how: 'close_notify' });
    expect(atServer.timings.toServerHelloMs).toBeGreaterThan(0);
    expect(atServer.timings.toFinishedMs).toBeGreaterThanOrEqual(atServer.timings.toServerHelloMs ?? 0);
    expect(atServer.timings.toFirstDataMs).toBeGreaterThanOrEqual(0);
  });

  test.for(['TLSv1.2', 'TLSv1.3'] as const)('ALPN, SNI and a client certificate over %s', async (maxVersion) => {
    const { atServer } = await meet(
      {
        engine: server,
        maxVersion,
        alpn: ['mqtt', 'http/1.1'],
        clientCertificate: 'require',
        ca: (await other).ca.pem,
      },
      { engine: client, alpn: ['http/1.1'], serverName: 'board.test', certificate: await other },
    );
    expect(atServer.clientHello?.alpn).toEqual(['http/1.1']);
    expect(atServer.negotiated?.alpn).toBe('http/1.1');
    expect(atServer.serverName).toBe('board.test');
    expect(atServer.clientCertificateRequested).toBe(true);
    expect(atServer.boardCertificates.map((der) => Buffer.from(der).toString('hex'))).toEqual([
      Buffer.from((await other).leaf.der).toString('hex'),
    ]);
    expect(atServer.handshakeCompleted).toBe(true);
  });

  test.for(['TLSv1.2', 'TLSv1.3'] as const)(
    'a required certificate of a stranger is refused over %s',
    async (version) => {
      const { atServer } = await meet(
        {
          engine: server,
          minVersion: version,
          maxVersion: version,
          clientCertificate: 'require',
          ca: (await other).ca.pem,
        },
        { engine: client, certificate: await certificate },
      );
      expect(atServer.negotiated?.version).toBe(version);
      expect(atServer.boardCertificates).toHaveLength(1);
      expect(atServer.peerError).not.toBeNull();
      expect(Buffer.from(atServer.received).toString()).toBe('');
      // node:tls verifies after the handshake and closes without an alert; that is why `require` means openssl by default.
      const fatal = atServer.alerts.filter(({ sender, level }) => sender === 'peer' && level === 'fatal');
      expect(fatal.map(({ name }) => name)).toEqual(
        server === 'node' ? [] : [expect.stringMatching(/^(unknown_ca|decrypt_error|bad_certificate)$/)],
      );
    },
  );

  test('the certificate follows the server name', async () => {
    const { atClient } = await meet(
      { engine: server, certificatesByName: { 'other.test': await other } },
      { engine: client, serverName: 'other.test' },
      // s_server writes no key log for its second certificate, so its application does not answer.
      server === 'openssl' ? 2000 : DEADLINE_MS,
    );
    expect(Buffer.from(atClient.boardCertificates[0] ?? [])).toEqual(Buffer.from((await other).leaf.der));
  });

  test('a refused version is the alert protocol_version on both taps', async () => {
    const { atServer, atClient } = await meet(
      { engine: server, minVersion: 'TLSv1.2' },
      { engine: client, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' },
    );
    for (const { alerts } of [atServer, atClient]) {
      expect(alerts).toContainEqual(expect.objectContaining({ level: 'fatal', number: 70, name: 'protocol_version' }));
    }
    expect(atClient.peerError?.alert).toBe(70);
    expect(atServer.handshakeCompleted).toBe(false);
  });
});

describe('what only openssl does', () => {
  test.for(['TLSv1.2', 'TLSv1.3'] as const)(
    'a stranger at a server that requires a certificate gets the alert, %s',
    async (maxVersion) => {
      const { atServer, atClient } = await meet(
        { maxVersion, clientCertificate: 'require', ca: (await other).ca.pem },
        { certificate: await certificate },
      );
      expect(atServer.peerError).not.toBeNull();
      expect(atServer.handshakeCompleted).toBe(maxVersion === 'TLSv1.3');
      for (const { alerts } of [atServer, atClient])
        expect(alerts.filter(({ level }) => level === 'fatal')).toHaveLength(1);
      expect(atClient.peerError?.alert).toBe(48);
      expect(Buffer.from(atClient.received).toString()).toBe('');
    },
  );

  test('a pre-shared key without certificates', async () => {
    const psk = { identity: 'board', key: Buffer.from('00112233445566778899aabbccddeeff', 'hex') };
    const { atServer } = await meet(
      { psk, maxVersion: 'TLSv1.2', ciphers: 'PSK' },
      { psk, maxVersion: 'TLSv1.2', ciphers: 'PSK' },
    );
    expect(atServer.negotiated?.cipherSuite).toMatch(/^TLS_.*PSK_WITH_/);
    expect(atServer.peerCertificates).toEqual([]);
    expect(Buffer.from(atServer.received).toString()).toBe('ping\n');
  });

  test('no record is longer than maxFragment', async () => {
    const { atClient } = await meet(
      { maxFragment: 512, maxVersion: 'TLSv1.2' },
      { application: { send: 'x'.repeat(2000) } },
      5_000,
    );
    const sent = atClient.records.filter((record) => record.sender === 'board');
    expect(Math.max(...sent.map((record) => record.length))).toBeLessThanOrEqual(512 + 64);
    expect(atClient.handshakeCompleted).toBe(true);
  });

  test('a second handshake in one connection', async () => {
    const { atServer } = await meet(
      { renegotiate: true, maxVersion: 'TLSv1.2' },
      { engine: 'openssl', application: { send: 'ping\n' } },
      5_000,
    );
    expect(atServer.messages.filter((message) => message.name === 'hello_request')).toHaveLength(1);
    expect(atServer.messages.filter((message) => message.name === 'client_hello')).toHaveLength(2);
    expect(atServer.messages.filter((message) => message.name === 'finished')).toHaveLength(4);
    expect(atServer.records.filter((record) => record.contentType === null)).toEqual([]);
  });
});

test('a client that starts a second handshake', async () => {
  const { atServer } = await meet(
    { maxVersion: 'TLSv1.2', application: { send: 'hello\n' } },
    { renegotiate: true, maxVersion: 'TLSv1.2', application: 'silent' },
    5_000,
  );
  expect(atServer.messages.filter((message) => message.name === 'client_hello')).toHaveLength(2);
  expect(atServer.messages.filter((message) => message.name === 'hello_request')).toHaveLength(0);
});

describe('sessions', () => {
  test('a wrong certificate at a client that verifies: openssl sends the alert', async () => {
    const { atServer } = await meet({}, { engine: 'openssl', verify: true, ca: (await other).ca.pem });
    expect(atServer.alerts).toContainEqual(
      expect.objectContaining({ sender: 'board', number: 48, name: 'unknown_ca' }),
    );
    expect(atServer.peerError?.alert).toBe(48);
  });

  test('no tickets when tickets are off', async () => {
    const { atServer } = await meet({ tickets: false, maxVersion: 'TLSv1.2' }, {});
    expect(atServer.messages.map((message) => message.name)).not.toContain('new_session_ticket');
    const { atServer: withTickets } = await meet({ maxVersion: 'TLSv1.2' }, {});
    expect(withTickets.messages.map((message) => message.name)).toContain('new_session_ticket');
  });

  test('in TLS 1.3 too, where node:tls would send two', async () => {
    const { atServer } = await meet({ tickets: false }, {});
    expect(atServer.negotiated?.version).toBe('TLSv1.3');
    expect(atServer.messages.map((message) => message.name)).not.toContain('new_session_ticket');
    const { atServer: withTickets } = await meet({}, {});
    expect(withTickets.messages.map((message) => message.name)).toContain('new_session_ticket');
    await expect(meet({ tickets: false, engine: 'node' }, {})).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });
});
