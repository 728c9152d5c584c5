import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BoardRun,
  CERT_NONE,
  CERT_REQUIRED,
  connectTlsClient,
  type Handshake,
  startTlsServer,
  storyOf,
  writeFailureFolder,
} from '../src/index.ts';
import { type BoardLab, noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';

const transport = 'dtls';
const clientRun: BoardRun = {
  api: 'tls.SSLContext',
  protocol: 'PROTOCOL_DTLS_CLIENT',
  args: { cert_reqs: CERT_NONE },
};
const serverRun: BoardRun = { api: 'tls.SSLContext', protocol: 'PROTOCOL_DTLS_SERVER' };

describe.skipIf(noMicroPython !== null)(`DTLS ${onVirtualBoard}`, () => {
  let bench: BoardLab;
  let asServer: boolean;

  beforeAll(async () => {
    bench = await openLab();
    const version = (await bench.board.evaluate("tuple(__import__('sys').implementation[1][:2])")) as readonly number[];
    asServer = (version[0] ?? 0) > 1 || (version[1] ?? 0) >= 26;
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());

  test('as client: cookie, handshake, data both ways', async () => {
    const handshake = await bench.lab.connect({ transport }, clientRun);
    const { board, wire } = handshake;
    expect(board, storyOf(handshake)).toMatchObject({ completed: true });
    expect(board.steps[1]?.value).toEqual(new TextEncoder().encode('ping\n'));
    expect(wire).toMatchObject({
      handshakeCompleted: true,
      negotiated: { version: 'DTLSv1.2' },
      clientHello: { sender: 'board', versions: ['DTLSv1.2'] },
      alerts: [],
      peerError: null,
      received: Buffer.from('ping\n'),
    });
    expect(wire?.messages[1]).toMatchObject({ sender: 'peer', name: 'hello_verify_request', encrypted: false });
    expect(wire?.records.every(({ contentType }) => contentType !== null)).toBe(true);
    const data = wire?.records.filter(({ sender, contentType }) => sender === 'board' && contentType === 23);
    // Sequence 0 of epoch 1 was the Finished.
    expect(data).toMatchObject([{ epoch: 1, sequence: 1, encrypted: true }]);
  });

  test('as client that verifies: an expired certificate is refused with a plain alert', async () => {
    const certificate = await bench.pki.certificate('expired');
    const args = { cert_reqs: CERT_REQUIRED, cadata: certificate.ca.der, server_hostname: certificate.host };
    const handshake = await bench.lab.connect({ transport, certificate }, { ...clientRun, args });
    expect(handshake.board).toMatchObject({ completed: false, wrap: { error: { type: 'ValueError' } } });
    expect(handshake.wire).toMatchObject({
      handshakeCompleted: false,
      serverName: certificate.host,
      alerts: [{ sender: 'board', level: 'fatal', name: 'certificate_expired', encrypted: false }],
      peerError: { code: 'OPENSSL', alert: 45 },
      peerCertificates: [certificate.leaf.der],
    });
    expect(storyOf(handshake)).toContain('neither end sent close_notify, and UDP has no other end');
  });

  test('as client against a server that closes: its close_notify is seen', async () => {
    const application = { send: 'bye\n', afterwards: 'close' } as const;
    const { board, wire } = await bench.lab.connect(
      { transport, application },
      { ...clientRun, steps: [{ do: 'readline' }, { do: 'close' }] },
    );
    expect(board.steps[0]?.value).toEqual(new TextEncoder().encode('bye\n'));
    expect(wire?.close).toMatchObject({ by: 'peer', how: 'close_notify' });
  });

  test('as server with client_id: completes from 1.26 on, refused before', async () => {
    const certificate = await bench.pki.certificate('good');
    const args = { client_id: new TextEncoder().encode('wirewrap') };
    const application = { send: 'ping\n' };
    const { board, wire } = await bench.lab.serve(
      {
        ...serverRun,
        certificate,
        args,
        steps: [{ do: 'readline' }, { do: 'write', bytes: 'pong\n' }, { do: 'close' }],
      },
      { transport, application },
    );
    if (!asServer) {
      expect(board.wrap.error).toMatchObject({ type: 'TypeError' });
      expect(wire).toMatchObject({ negotiated: null, bytes: { board: 0 }, clientHello: { sender: 'peer' } });
      return;
    }
    expect(board).toMatchObject({ completed: true });
    expect(board.steps[0]?.value).toEqual(new TextEncoder().encode('ping\n'));
    expect(wire).toMatchObject({
      handshakeCompleted: true,
      negotiated: { version: 'DTLSv1.2' },
      boardCertificates: [certificate.leaf.der],
      received: Buffer.from('pong\n'),
      peerError: null,
    });
  });

  test('the program of a failure folder does the same by hand', async () => {
    await using folder = await temporaryFolder();
    const { executable } = await provisionMicroPython();
    const certificate = await bench.pki.certificate('good');
    const run = (cwd: string, port: number) =>
      execa(executable, ['board.py', '127.0.0.1', String(port)], { cwd, reject: false, all: true, timeout: 60_000 });
    const write = (name: string, handshake: Handshake) =>
      writeFailureFolder(folder.path, { name, errors: [], board: null, handshakes: [handshake], serialLog: '' });

    const asClient = await write('client', await bench.lab.connect({ transport, certificate }, clientRun));
    expect(await readFile(join(asClient, 'story.md'), 'utf8')).toContain('openssl s_server -dtls -accept 8443 -cert');
    await using server = await startTlsServer({ transport, certificate });
    expect((await run(asClient, server.port)).all).toContain("readline b'ping\\n'");

    if (!asServer) return;
    const args = { client_id: new TextEncoder().encode('wirewrap') };
    const port = await freeUdpPort();
    const served = await write('server', await bench.lab.serve({ ...serverRun, certificate, args }, { transport }));
    const board = run(served, port);
    await once(board.stdout as Readable, 'data');
    await using client = await connectTlsClient('127.0.0.1', port, { transport, application: { send: 'hello\n' } });
    expect((await board).all).toContain("readline b'hello\\n'");
    expect(await client.transcript({ deadlineMs: 2_000 })).toMatchObject({ handshakeCompleted: true });
  });

  test('as server without client_id: wrap fails before any datagram of the board', async () => {
    const certificate = await bench.pki.certificate('good');
    const { board, wire } = await bench.lab.serve({ ...serverRun, certificate }, { transport });
    expect(board.wrap.error).toMatchObject({ type: 'OSError', errno: asServer ? -28928 : -28800 });
    expect(wire).toMatchObject({ negotiated: null, bytes: { board: 0 } });
  });
});

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'wirewrap-dtls-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
