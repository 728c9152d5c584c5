import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectTcp, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type SecureVersion } from 'node:tls';
import { createPki, type Pki, type ProfileName } from '@wirewrap/certgen';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVirtualBoard, type VirtualBoard } from '../src/index.ts';
import { SerialConsole } from './serial-console.ts';

const HOST = 'board.test';
const limit = (about: string) => new RegExp(`^VirtualBoardLimit\\(.*${about}`);

interface Shape {
  readonly ssl: '1.18' | '1.20' | '1.23';
  /** CERT_REQUIRED with cadata and server_hostname, by profile of the server's certificate. */
  readonly required: Readonly<Partial<Record<ProfileName, string | RegExp>>>;
  readonly unnamed: string | RegExp;
  readonly noAnchors: string | RegExp;
  readonly noCertificate: string;
  readonly tls11: string | RegExp;
}

const NO_KEYWORD = "TypeError('extra keyword arguments given',)";
const UNVERIFIED = "OSError(-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED')";
const NO_ANCHORS = "OSError(-30336, 'MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED')";
const NO_SUITE = "OSError(-27008, 'MBEDTLS_ERR_SSL_NO_USABLE_CIPHERSUITE')";

/** What unmodified ESP32 firmware answered, or that the engine cannot show it. */
const SHAPES: readonly Shape[] = [
  {
    ssl: '1.18',
    required: { good: NO_KEYWORD, expired: NO_KEYWORD },
    unnamed: NO_KEYWORD,
    noAnchors: NO_KEYWORD,
    noCertificate: NO_SUITE,
    tls11: limit('1.0 and 1.1'),
  },
  {
    ssl: '1.20',
    required: {
      good: 'completes',
      expired: limit('dates'),
      'not-yet-valid': limit('dates'),
      'wrong-host': UNVERIFIED,
      'untrusted-ca': UNVERIFIED,
      'self-signed': UNVERIFIED,
    },
    unnamed: limit('name'),
    noAnchors: NO_ANCHORS,
    noCertificate: NO_SUITE,
    tls11: limit('1.0 and 1.1'),
  },
  {
    ssl: '1.23',
    required: {
      good: 'completes',
      expired: "ValueError('\\nThe certificate validity has expired\\n',)",
      'not-yet-valid': "ValueError('\\nThe certificate validity starts in the future\\n',)",
      'wrong-host': "ValueError('\\nThe certificate Common Name (CN) does not match with the expected CN\\n',)",
      'untrusted-ca': "ValueError('\\nThe certificate is not correctly signed by the trusted CA\\n',)",
      'self-signed': "ValueError('\\nThe certificate is not correctly signed by the trusted CA\\n',)",
    },
    unnamed: "ValueError('CERT_REQUIRED requires server_hostname',)",
    noAnchors: NO_ANCHORS,
    noCertificate: "OSError(-28160, 'MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE')",
    tls11: "OSError(-28288, 'MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION')",
  },
];

const SETUP = `
import ssl, socket, binascii, gc
def to(port, **k):
    # The unix port's sockets close their number again when a wrapped one is collected late.
    gc.collect()
    s = socket.socket()
    try:
        s.connect(socket.getaddrinfo('127.0.0.1', port)[0][-1])
        w = ssl.wrap_socket(s, **k)
        w.write(b'x')
        print('completes')
    except Exception as e:
        print(repr(e))
    s.close()
def listen(port):
    global l
    gc.collect()
    l = socket.socket()
    l.bind(socket.getaddrinfo('127.0.0.1', port)[0][-1])
    l.listen(1)
def serve(**k):
    c = l.accept()[0]
    try:
        w = ssl.wrap_socket(c, server_side=True, **k)
        w.write(b'x')
        print('completes')
    except Exception as e:
        print(repr(e))
    c.close()
    l.close()
`;

const bytes = (data: Uint8Array) => `binascii.unhexlify('${Buffer.from(data).toString('hex')}')`;

describe.for(SHAPES)('ssl=$ssl in real handshakes', (shape) => {
  let folder: string;
  let pki: Pki;
  let board: VirtualBoard;
  let port: SerialConsole;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wirewrap-shape-'));
    pki = createPki({ cacheFolder: folder });
    board = await startVirtualBoard({ ssl: shape.ssl });
    port = await SerialConsole.open(board.path);
    await port.enterRaw();
    await port.run(SETUP);
  });

  afterAll(async () => {
    await port?.[Symbol.asyncDispose]();
    await board?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the board prints when it connects to a host server that presents this profile. */
  async function client(profile: ProfileName, keywords: string, maxVersion: SecureVersion): Promise<string> {
    const { key, chainPem, ca } = await pki.certificate(profile, { host: HOST });
    const server = createServer({ key: key.pem, cert: chainPem, maxVersion }).on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port: number } = server.address() as { port: number };
      return (await port.run(`to(${number}, ${keywords.replace('CA', bytes(ca.der))})`)).trimEnd();
    } finally {
      server.close();
    }
  }

  describe.for(['TLSv1.2', 'TLSv1.3'] as const)('%s', (version) => {
    test.for(Object.entries(shape.required) as [ProfileName, string | RegExp][])(
      'CERT_REQUIRED: %s',
      async ([profile, answer]) => {
        const got = await client(profile, `cert_reqs=2, cadata=CA, server_hostname='${HOST}'`, version);
        expect(got).toMatch(matcher(answer));
      },
    );

    test('CERT_REQUIRED without server_hostname', async () => {
      expect(await client('good', 'cert_reqs=2, cadata=CA', version)).toMatch(matcher(shape.unnamed));
    });

    test('CERT_REQUIRED without cadata', async () => {
      expect(await client('good', `cert_reqs=2, server_hostname='${HOST}'`, version)).toMatch(matcher(shape.noAnchors));
    });

    test('the default validates nothing', async () => {
      expect(await client('expired', `server_hostname='${HOST}'`, version)).toBe('completes');
    });
  });

  /** What the board prints when it serves and a host client connects. */
  async function server(keywords: string, version: SecureVersion): Promise<string> {
    const number = await freePort();
    await port.run(`listen(${number})`);
    const running = port.run(`serve(${keywords})`);
    const host = connect({
      socket: connectTcp(number, '127.0.0.1'),
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      ciphers: 'DEFAULT@SECLEVEL=0',
    }).on('error', () => {});
    try {
      return (await running).trimEnd();
    } finally {
      host.destroy();
    }
  }

  test('a server without a certificate', async () => {
    expect(await server('', 'TLSv1.2')).toBe(shape.noCertificate);
  });

  test('a client of TLS 1.1', async () => {
    const { key, leaf } = await pki.certificate('good', { host: HOST });
    expect(await server(`key=${bytes(key.der)}, cert=${bytes(leaf.der)}`, 'TLSv1.1')).toMatch(matcher(shape.tls11));
  });

  test.runIf(shape.ssl === '1.18')('1.18 hands setblocking on to the socket, closed or not', async () => {
    const tried =
      'w = ssl.wrap_socket(s, do_handshake=False)\nw.close()\ntry:\n w.setblocking(False)\nexcept OSError as e:\n print(repr(e))';
    expect(await port.run(`s = socket.socket()\n${tried}`)).toBe('OSError(9,)\n');
  });

  test.runIf(shape.ssl === '1.23')('1.23 does not insist on a name in the wrong role; the engine does', async () => {
    const { ca } = await pki.certificate('wrong-host', { host: HOST });
    await port.run(
      `def to(port, ca):\n s = socket.socket()\n s.connect(socket.getaddrinfo('127.0.0.1', port)[0][-1])\n c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n c.verify_mode = 2\n c.load_verify_locations(cadata=ca)\n try:\n  c.wrap_socket(s, server_side=True)\n  print('completes')\n except Exception as e:\n  print(repr(e))`,
    );
    expect(ca.der.length).toBeGreaterThan(0);
    expect(await client('wrong-host', 'CA', 'TLSv1.2')).toMatch(limit('name'));
  });
});

/** A port that nobody has: MicroPython's sockets cannot say which one they got. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const exactly = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
const matcher = (answer: string | RegExp): RegExp => (typeof answer === 'string' ? exactly(answer) : answer);
