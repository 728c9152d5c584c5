import { acquireSession, parseBoard } from '@wirewrap/boards';
import { expect, test } from 'vitest';
import { failureClassOf, probeCapabilities } from '../src/index.ts';

const table = [
  {
    url: 'virtual?ssl=1.18',
    has: ['cert', 'do_handshake', 'key', 'server_hostname', 'server_side'],
    shape: '1.18',
    context: false,
    constants: false,
    positional: false,
    fileNames: false,
  },
  {
    url: 'virtual?ssl=1.20',
    has: ['cadata', 'cert', 'cert_reqs', 'do_handshake', 'key', 'server_hostname', 'server_side'],
    shape: '1.20',
    context: false,
    constants: true,
    positional: false,
    fileNames: false,
  },
  {
    url: 'virtual?ssl=1.23',
    has: ['cadata', 'cert', 'cert_reqs', 'do_handshake', 'key', 'server_hostname', 'server_side'],
    shape: '1.23',
    context: true,
    constants: true,
    positional: true,
    fileNames: true,
  },
  {
    url: 'virtual',
    has: ['cadata', 'cert', 'cert_reqs', 'do_handshake', 'key', 'server_hostname', 'server_side'],
    shape: null,
    context: true,
    constants: true,
    positional: true,
    fileNames: true,
  },
];

test.for(table)('what $url can do is found out by trying, without a network', async (expected) => {
  const session = await acquireSession(parseBoard(expected.url));
  try {
    const can = await probeCapabilities(session.board);
    expect(can.keywords).toEqual(expected.has);
    expect(can.shape).toBe(expected.shape);
    expect(can.contextMethods.includes('wrap_socket')).toBe(expected.context);
    expect(can.constants.includes('CERT_REQUIRED')).toBe(expected.constants);
    expect(can.positional).toBe(expected.positional);
    expect(can.fileNames).toBe(expected.fileNames);
    expect(can.methods).toEqual(
      expect.arrayContaining(['close', 'read', 'readinto', 'readline', 'setblocking', 'write']),
    );
    expect(can).toMatchObject({ module: 'ssl', hardware: false, clockSet: true, platform: 'linux' });
    // Nothing of the probe stays on the board.
    expect(
      await session.board.evaluate(
        "[n for n in globals() if n[:3] in ('_pr', '_Ps', '_pn', '_pw', '_pc', '_pt', '_ps', '_pi')]",
      ),
    ).toEqual([]);
  } finally {
    await session.release();
  }
});

/** A wrap_socket that has no memory on every other call, and whenever an earlier wrapped socket was not closed. */
const SHORT_OF_MEMORY = `
import ssl
_real = ssl.wrap_socket
class _Wrapped:
    def __init__(self, w):
        self.w = w
    def read(self):
        pass
    def close(self):
        _calls[1] = 0
        self.w.close()
_calls = [0, 0]
def _hungry(sock, **k):
    if sock is None:
        return _real(sock, **k)
    _calls[0] += 1
    if _calls[0] % 2 or _calls[1]:
        raise OSError(12)
    w = _Wrapped(_real(sock, **k))
    _calls[1] = 1
    return w
ssl.wrap_socket = _hungry
`;

test('a board that is short of memory is not taken for one without PEM that reads files', async () => {
  const session = await acquireSession(parseBoard('virtual?ssl=1.20'));
  try {
    await session.board.exec(SHORT_OF_MEMORY);
    const can = await probeCapabilities(session.board);
    expect(can).toMatchObject({ pem: true, fileNames: false });
    expect(can.methods).toEqual(['close', 'read', 'w']);
  } finally {
    await session.board.exec('ssl.wrap_socket = _real');
    await session.release();
  }
});

/** A wrap_socket that does its handshake whatever it was told, and waits for a peer that is not there. */
const NEVER_DEFERS = `
import ssl
_real = ssl.wrap_socket
def _waiting(sock, **k):
    while sock is not None and k.get('do_handshake') is False:
        pass
    return _real(sock, **k)
ssl.wrap_socket = _waiting
`;

test('a firmware that hangs while it is asked is told with what it was asked, and is at fault', async () => {
  const session = await acquireSession(parseBoard('virtual'));
  try {
    await session.board.exec(NEVER_DEFERS);
    const error = await probeCapabilities(session.board, { stepMs: 2_000 }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      code: 'CAPABILITY',
      message: expect.stringMatching(
        /^Finding out wrap_socket with do_handshake=False and close\(\) of .* does not end within 2 s, twice/,
      ),
    });
    expect(failureClassOf(error as { code?: unknown })).toBe('firmware');
    // The board is there again.
    expect(await session.board.evaluate('1 + 1')).toBe(2);
  } finally {
    await session.board.exec('ssl.wrap_socket = _real');
    await session.release();
  }
});
