import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PYEXEC, pyexecEngine } from '../contract/engines/pyexec-engine.ts';
import { type Board, type MicroPythonError, openBoard } from '../src/index.ts';

/** Words of 64 bits: an ESP32's heap of half as many bytes holds the same. */
const KIBIBYTES = [128, 200, 296, 600] as const;

const BOARDS = KIBIBYTES.flatMap((kib) => [
  { name: `the virtual board with ${kib} KiB`, missing: undefined, kib, native: false },
  { name: `the real pyexec.c with ${kib} KiB`, missing: pyexecEngine.missing, kib, native: true },
]);

/** Programs that eat the heap, and the lines on which it may be full. */
const LEAKS: readonly [name: string, source: string, lines: readonly number[]][] = [
  [
    'a linked list',
    'class Node:\n def __init__(self, n): self.n = n\nroot = None\nwhile True: root = Node(root)',
    [2, 4],
  ],
  ['a list', 'leak = []\nwhile True:\n leak.append(len(leak) + 2 ** 40)', [3]],
  ['a dict of readings', "leak = {}\nwhile True:\n leak['reading %d' % len(leak)] = len(leak) * 0.1", [3]],
  ['many small buffers', 'leak = []\nwhile True: leak.append(bytearray(40))', [2]],
];

describe.for(BOARDS)('$name', ({ missing, kib, native }) => {
  if (missing !== undefined) {
    test.skip(`skipped: ${missing}`, () => {});
    return;
  }
  let virtual: VirtualBoard | undefined;
  let board: Board;
  beforeAll(async () => {
    if (!native) virtual = await startVirtualBoard({ heapBytes: kib * 1024 });
    board = await openBoard(virtual?.path ?? `exec:${PYEXEC.replaceAll(' ', '%20')} ${kib * 1024}`);
  });
  afterEach(async () => {
    await board.reset();
  });
  afterAll(async () => {
    await board?.close();
    await virtual?.close();
  });

  test.for(LEAKS)('%s until no memory is left: MemoryError with its line', async ([, source, lines]) => {
    const error = await raised(board.exec(source, { deadlineMs: 60_000 }));
    expect(error).toMatchObject({ type: 'MemoryError' });
    expect(lines).toContain(error.frames.at(-1)?.line);
    await expect(board.evaluate('1+1')).resolves.toBe(2);
    await expect(board.exec('print(3)')).resolves.toBe('3\n');
  });

  /** What a program does to its interpreter, and where it raises what. */
  test.for<[name: string, source: string, type: string, line: number]>([
    ['a locked heap and an allocation', 'import micropython\nmicropython.heap_lock()\nx = [1, 2, 3]', 'MemoryError', 3],
    ['a locked heap and a division', 'import micropython\nmicropython.heap_lock()\n1/0', 'ZeroDivisionError', 3],
    [
      'a heap locked five times',
      'import micropython\nfor i in range(5): micropython.heap_lock()\n1/0',
      'ZeroDivisionError',
      3,
    ],
    ['no repr', 'import builtins\nbuiltins.repr = None\n1/0', 'ZeroDivisionError', 3],
    [
      'no type and memoryview',
      'import builtins\nbuiltins.type = builtins.memoryview = None\n1/0',
      'ZeroDivisionError',
      3,
    ],
    [
      'no exception classes',
      'import builtins\nbuiltins.MemoryError = builtins.BaseException = builtins.Exception = None\n1/0',
      'ZeroDivisionError',
      3,
    ],
    ['no __import__', 'import builtins\nbuiltins.__import__ = None\nraise OSError(5)', 'OSError', 3],
    ['del __builtins__', 'del __builtins__', 'KeyError', 1],
    ['no agent', 'import builtins\ndel builtins._ww\n1/0', 'ZeroDivisionError', 3],
    ['no globals', 'globals().clear()\n1/0', 'ZeroDivisionError', 2],
    ['no modules', 'import sys\nsys.modules.clear()\n1/0', 'ZeroDivisionError', 3],
    ['no sys.path', 'import sys\nsys.path.clear()\n1/0', 'ZeroDivisionError', 3],
    ['no collection', 'import gc\ngc.disable()\n1/0', 'ZeroDivisionError', 3],
    ['a text that is no UTF-8', "raise KeyError('caf%c' % 233)", 'KeyError', 1],
    ['the same in long source', `${'#'.repeat(300)}\nraise KeyError('caf%c' % 233)`, 'KeyError', 2],
    ['recursion without end', 'def f(): f()\nf()', 'RuntimeError', 1],
  ])('%s: the exception with its line, and the next calls work', async ([, source, type, line]) => {
    const error = await raised(board.exec(source));
    expect(error).toMatchObject({ type });
    expect(error.frames.at(-1)?.line).toBe(line);
    await expect(board.evaluate('1+1')).resolves.toBe(2);
    await expect(board.exec(`x = 0\n${'x += 1\n'.repeat(60)}print(x)`)).resolves.toBe('60\n');
  });

  test('a text that is no UTF-8 is shown byte by byte', async () => {
    await expect(board.exec("raise KeyError('caf%c' % 233)")).rejects.toMatchObject({
      message: 'KeyError: caf\\xe9 (<stdin>:1)',
      args: ['caf\\xe9'],
    });
  });

  test('an expression on a heap that is nearly full', async () => {
    // Nearly: on one that is full nothing can be compiled any more, not even what would free it.
    const fill =
      'leak, rest = [], 99\ntry:\n while True: leak.append(bytearray(16))\nexcept MemoryError:\n while rest:\n  rest -= 1\n  leak.pop()';
    await board.exec(fill, { deadlineMs: 60_000 });
    for (let round = 0; round < 20; round++) {
      const value = await board.evaluate(`${round}+1`).catch((error: unknown) => error);
      if (value instanceof Error) expect(value).toMatchObject({ type: 'MemoryError' });
      else expect(value).toBe(round + 1);
    }
    await board.exec('leak.clear()');
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });

  test('a heap that is locked and left so', async () => {
    await board.exec('import micropython\nmicropython.heap_lock()');
    await expect(board.evaluate('[1, 2]')).resolves.toEqual([1, 2]);
    await expect(board.evaluate("__import__('micropython').heap_lock()")).resolves.toBe(null);
    await expect(board.exec(`x = 0\n${'x += 1\n'.repeat(60)}print(x)`)).resolves.toBe('60\n');
  });
});

async function raised(run: Promise<unknown>): Promise<MicroPythonError> {
  return await run.then(
    () => {
      throw new Error('nothing was raised');
    },
    (error: MicroPythonError) => error,
  );
}
