import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirmwareShape, startVirtualBoard, type VirtualBoard } from '../src/index.ts';
import { SerialConsole } from './serial-console.ts';

interface Shape {
  readonly ssl: FirmwareShape;
  readonly names: string;
  readonly modules: string;
  readonly methods: string;
  readonly unknownKeyword: string;
  readonly noSocket: string;
  readonly keyFile: string;
}

const CONSTANTS = "'CERT_NONE', 'CERT_OPTIONAL', 'CERT_REQUIRED'";
const OLD = "'close', 'getpeercert', 'read', 'readinto', 'readline', 'setblocking', 'write'";
const OLD_ERRORS = {
  unknownKeyword: "TypeError('extra keyword arguments given',)",
  noSocket: "TypeError('function missing 1 required positional arguments',)",
  keyFile: "ValueError('invalid key',)",
};
const NEW_ERRORS = {
  unknownKeyword: 'TypeError("unexpected keyword argument \'keyfile\'",)',
  noSocket: "TypeError('wrap_socket() takes 1 positional arguments but 0 were given',)",
  keyFile: 'OSError(2,)',
};

/** docs/background/firmware-facts.md: what unmodified firmware showed. */
const SHAPES: readonly Shape[] = [
  { ssl: '1.18', names: "['wrap_socket']", modules: "['ssl', 'ussl', 'uzlib']", methods: `[${OLD}]`, ...OLD_ERRORS },
  {
    ssl: '1.20',
    names: `[${CONSTANTS}, 'wrap_socket']`,
    modules: "['ssl', 'ussl', 'uzlib']",
    methods: `[${OLD}]`,
    ...OLD_ERRORS,
  },
  {
    ssl: '1.23',
    names: `[${CONSTANTS}, 'MBEDTLS_VERSION', 'PROTOCOL_TLS_CLIENT', 'PROTOCOL_TLS_SERVER', 'SSLContext', 'tls', 'wrap_socket']`,
    modules: "['ssl', 'tls', 'deflate', 'vfs']",
    methods: "['cipher', 'close', 'getpeercert', 'read', 'readinto', 'readline', 'setblocking', 'write']",
    ...NEW_ERRORS,
  },
  {
    ssl: 'native',
    names: `[${CONSTANTS}, 'MBEDTLS_VERSION', 'PROTOCOL_DTLS_CLIENT', 'PROTOCOL_DTLS_SERVER', 'PROTOCOL_TLS_CLIENT', 'PROTOCOL_TLS_SERVER', 'SSLContext', 'tls', 'wrap_socket']`,
    modules: "['ssl', 'tls', 'deflate', 'vfs']",
    methods:
      "['cipher', 'close', 'getpeercert', 'read', 'readinto', 'readline', 'recv', 'recv_into', 'send', 'sendall', 'setblocking', 'write']",
    ...NEW_ERRORS,
  },
];

const SETUP = `
import ssl, socket
def public(o):
    return sorted(n for n in dir(o) if n[0] != '_')
def attempt(*a, **k):
    try:
        print(ssl.wrap_socket(*a, **k))
    except Exception as e:
        print(repr(e))
`;

describe.for(SHAPES)('ssl=$ssl', (shape) => {
  let board: VirtualBoard;
  let port: SerialConsole;

  beforeAll(async () => {
    board = await startVirtualBoard({ ssl: shape.ssl });
    port = await SerialConsole.open(board.path);
    await port.enterRaw();
    await port.run(SETUP);
  });

  afterAll(async () => {
    await port?.[Symbol.asyncDispose]();
    await board?.close();
  });

  test('names of ssl', async () => {
    expect(await port.run('print(public(ssl))')).toBe(`${shape.names}\n`);
  });

  test('modules', async () => {
    expect(
      await port.run(
        "found = []\nfor m in ('ssl', 'ussl', 'tls', 'uzlib', 'deflate', 'vfs'):\n try:\n  __import__(m)\n  found.append(m)\n except ImportError:\n  pass\nprint(found)",
      ),
    ).toBe(`${shape.modules}\n`);
  });

  test('methods of a wrapped socket', async () => {
    expect(await port.run('print(public(ssl.wrap_socket(socket.socket(), do_handshake=False)))')).toBe(
      `${shape.methods}\n`,
    );
  });

  test('errors of wrap_socket', async () => {
    expect(await port.run('attempt(socket.socket(), keyfile=1)')).toBe(`${shape.unknownKeyword}\n`);
    expect(await port.run('attempt()')).toBe(`${shape.noSocket}\n`);
    expect(await port.run("attempt(socket.socket(), key='k.pem', cert='c.pem')")).toBe(`${shape.keyFile}\n`);
  });

  test('the board says what it is', async () => {
    const info = await port.run(
      'import wirewrap_virtual\nprint(wirewrap_virtual.info["ssl"], wirewrap_virtual.info["engine"])',
    );
    expect(info).toBe(`${shape.ssl} MicroPython unix port\n`);
  });
});
