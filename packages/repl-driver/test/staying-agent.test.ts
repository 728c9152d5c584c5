import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PYEXEC, pyexecEngine } from '../contract/engines/pyexec-engine.ts';
import { type Board, openBoard, openTransport, type Transport } from '../src/index.ts';

const BOARDS = [
  { name: 'the virtual board', missing: undefined, native: false },
  { name: 'the real pyexec.c and sys.stdin of a board', missing: pyexecEngine.missing, native: true },
] as const;

/** After short source the agent stays on the board and reads the next one as a line. */
describe.for(BOARDS)('the agent that stays on $name', ({ missing, native }) => {
  if (missing !== undefined) {
    test.skip(`skipped: ${missing}`, () => {});
    return;
  }
  let virtual: VirtualBoard | undefined;
  let transport: Transport;
  let board: Board;
  let pieceBytes = Number.POSITIVE_INFINITY;
  let doubled = '';
  let instead: readonly [string, string] | null = null;
  const wire: { direction: 'host' | 'board'; text: string }[] = [];

  beforeAll(async () => {
    if (!native) virtual = await startVirtualBoard({});
    board = await openBoard(virtual?.path ?? `exec:${PYEXEC.replaceAll(' ', '%20')}`, {
      open: async (url, options) => {
        transport = await openTransport(url, options);
        return inPieces(transport, { size: () => pieceBytes, doubled: () => doubled, instead: () => instead });
      },
    });
    board.onTraffic(({ direction, bytes }) => wire.push({ direction, text: Buffer.from(bytes).toString('latin1') }));
  });
  afterAll(async () => {
    await board?.close();
    await virtual?.close();
  });
  beforeEach(async () => {
    await board.exec('pass');
    wire.length = 0;
  });

  const said = (direction: 'host' | 'board') =>
    wire.flatMap((piece) => (piece.direction === direction ? [piece.text] : [])).join('');
  /** Past the session, as another tool or a hand on the keyboard. */
  const typed = async (text: string) => {
    await transport.write(Buffer.from(text, 'latin1'));
    // The agent leaves at the end of a line, and at Ctrl-C: then the raw REPL's prompt follows.
    if (/[\r\n]/.test(text) || text.includes('\x03')) await expect.poll(() => said('board')).toContain('\x04>');
  };

  test('a short call costs five bytes and a line feed beside its source', async () => {
    await expect(board.exec('print(1)')).resolves.toBe('1\n');
    expect(said('host')).toMatch(/^[\da-z]{5}print\(1\)\n$/);
    const nonce = said('host').slice(0, 3);
    expect(said('board')).toBe(`\x1f1\r\n\x1e${nonce}`);
  });

  test.for([
    ['an expression', '6*7', 42],
    ['a string with quotes and a backslash', `'a\\'b"c\\\\n'`, `a'b"c\\n`],
    ['text beyond ASCII, which goes to the raw REPL', "'é😀'", 'é😀'],
  ] as const)('%s', async ([, expression, value]) => {
    await expect(board.evaluate(expression)).resolves.toBe(value);
    await expect(board.evaluate('1')).resolves.toBe(1);
  });

  test.for([255, 256, 257, 300, 5_000])('%i characters of output, and the call ends', async (length) => {
    await expect(board.exec(`print('a'*${length}, end='')`)).resolves.toBe('a'.repeat(length));
  });

  test.for(['\x1e', '\x1f'])('a mark that the line doubled is no output: %j', async (mark) => {
    doubled = mark;
    try {
      await expect(board.exec('pass')).rejects.toMatchObject({ code: 'PROTOCOL' });
    } finally {
      doubled = '';
    }
    await expect(board.exec('pass')).resolves.toBe('');
  });

  test('an exception carries its type, its arguments and its line', async () => {
    await expect(board.exec('raise OSError(5, "x")')).rejects.toMatchObject({ type: 'OSError', errno: 5 });
    await expect(board.exec('a = = 1')).rejects.toMatchObject({ type: 'SyntaxError' });
    await expect(board.evaluate('1')).resolves.toBe(1);
  });

  test('long, short and multi-line source by turns', async () => {
    for (let round = 0; round < 5; round++) {
      await expect(board.exec(`x = ${round}\nprint(x)`)).resolves.toBe(`${round}\n`);
      await expect(board.exec(`print(${round})`)).resolves.toBe(`${round}\n`);
      await expect(board.exec(`y = 0\n${'y += 1\n'.repeat(100)}print(y)`)).resolves.toBe('100\n');
    }
  });

  test.skipIf(native)('files between (pyexec.c by itself has none)', async () => {
    for (let round = 0; round < 5; round++) {
      await board.files.write('/turns.bin', Buffer.from(`round ${round}`));
      await expect(board.evaluate(`${round}`)).resolves.toBe(round);
      await expect(board.files.read('/turns.bin')).resolves.toEqual(new Uint8Array(Buffer.from(`round ${round}`)));
    }
  });

  test.for([
    ['Ctrl-C', '\x03'],
    ['Enter', '\r\n'],
    ['half a word', 'abc'],
    ['a word and Enter', 'abc\r\n'],
    ['another tool on its way into the raw REPL', '\r\x03\r\x01'],
  ] as const)('somebody types between two calls: %s', async ([, text]) => {
    await typed(text);
    await expect(board.evaluate('1+1')).resolves.toBe(2);
    await expect(board.exec('print(3)')).resolves.toBe('3\n');
  });

  test.for([
    ['after which the agent stays', ''],
    ['after which it does not', '#'.repeat(300)],
  ])(
    'input that a program left unread, %s, does not become part of the next call, which runs once',
    async ([, more]) => {
      await board.exec('runs = 0');
      for (let round = 1; round <= 20; round++) {
        {
          await using program = await board.stream(`print('up')${more}`);
          await program.waitFor('up');
          await program.write(Buffer.from('left\nover')).catch(() => {});
          await program.finished;
        }
        await board.exec('runs += 1');
        await expect(board.evaluate('runs')).resolves.toBe(round);
      }
    },
  );

  test('an agent that Ctrl-C struck outside of its own care has left with a traceback', async () => {
    await board.exec('pass');
    // What the raw REPL says then, in place of the two 04 behind an agent that left by itself.
    instead = ['\x04\x04>', '\x04Traceback (most recent call last):\r\nKeyboardInterrupt: \r\n\x04>'];
    try {
      await typed('\r\n');
    } finally {
      instead = null;
    }
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });

  test('a program that switched Ctrl-C off leaves the next one with it', async () => {
    await board.exec('import micropython; micropython.kbd_intr(-1)');
    await expect(board.exec('while True: pass', { deadlineMs: 400 })).rejects.toMatchObject({ code: 'DEADLINE' });
    await expect(board.evaluate('5')).resolves.toBe(5);
  });

  test('a program may read lines itself', async () => {
    await using program = await board.stream('import sys; print(sys.stdin.readline())');
    await program.write(Buffer.from('hello\n'));
    await expect(program.finished).resolves.toBe('hello\n\n');
    await expect(board.evaluate('6')).resolves.toBe(6);
  });

  test('a soft reset while it waits', async () => {
    await expect(board.reset('soft')).resolves.toContain('soft reboot');
    await expect(board.exec('print(7)')).resolves.toBe('7\n');
  });

  test.for([1, 2, 3])('soft resets on a line that delivers %i bytes at a time', async (size) => {
    pieceBytes = size;
    try {
      for (let round = 0; round < 5; round++) {
        await expect(board.exec(`x = ${round}\nprint(x)`)).resolves.toBe(`${round}\n`);
        await expect(board.reset('soft')).resolves.toContain('soft reboot');
        await expect(board.evaluate('1+1')).resolves.toBe(2);
        await expect(board.reset('soft')).resolves.toContain('soft reboot');
      }
    } finally {
      pieceBytes = Number.POSITIVE_INFINITY;
    }
  });

  test.skipIf(native)('a reset while it waits (pyexec.c by itself has no EN line)', async () => {
    await virtual?.runReset();
    await expect.poll(() => said('board')).toMatch(/POWERON_RESET.*>>> $/s);
    await expect(board.evaluate('8')).resolves.toBe(8);
  });

  test('a session that ends leaves the friendly prompt behind', async () => {
    await board.close();
    expect(said('board')).toMatch(/>>> $/);
  });
});

interface Piecewise {
  /** Bytes of a piece. */
  readonly size: () => number;
  /** A byte that comes twice; none when empty. */
  readonly doubled: () => string;
  /** Something that comes instead of something else. */
  readonly instead: () => readonly [string, string] | null;
}

/** What the board sends comes in pieces, each in a turn of its own of the event loop. */
function inPieces(inner: Transport, { size, doubled, instead }: Piecewise): Transport {
  let last = Promise.resolve();
  return {
    url: inner.url,
    closed: inner.closed,
    write: (bytes) => inner.write(bytes),
    close: () => inner.close(),
    onData: (listener) =>
      inner.onData((chunk) => {
        const mark = doubled();
        const [from, to] = instead() ?? ['', ''];
        const came = Buffer.from(chunk).toString('latin1');
        const text = from === '' ? came : came.replace(from, to);
        const bytes = Buffer.from(mark === '' ? text : text.replaceAll(mark, mark + mark), 'latin1');
        for (let at = 0; at < bytes.length; at += size()) {
          const piece = bytes.subarray(at, Math.min(bytes.length, at + size()));
          last = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(() => listener(piece));
        }
      }),
    [Symbol.asyncDispose]: () => inner.close(),
  };
}
