import { spawnSync } from 'node:child_process';
import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PYEXEC, pyexecEngine } from '../contract/engines/pyexec-engine.ts';
import { type Board, type MicroPythonError, openBoard } from '../src/index.ts';
import { openFaulty } from './faulty-board.ts';
import type { Fault } from './faulty-line.ts';

const KIB = 250;

/** An engine that was built before it had files cannot compile a stream. */
const missing =
  pyexecEngine.missing ??
  (spawnSync(PYEXEC, { input: "print(__import__('vfs'))\r\n\x02" }).stdout.includes('ImportError')
    ? 'packages/repl-driver/contract/pyexec-port/build.sh has to build it anew'
    : undefined);

/** `count` functions, each with so many characters of comment, as drivers and programs of users have. */
function programOf(count: number, comment: number): string {
  const line = `    # ${'what is done here, and why, in some words '.repeat(9).slice(0, comment)}\n`;
  return Array.from({ length: count }, (_, i) => `def f${i}(a, b):\n${line}    return a + b + ${i}\n`).join('');
}

/** So many bytes in all. */
function padded(program: string, bytes: number): string {
  const rest = bytes - program.length;
  if (rest < 1) throw new RangeError(`the program has ${program.length} bytes already`);
  return `${program}#${'x'.repeat(rest - 2)}\n`;
}

const ENGINES = [
  { name: 'the virtual board', skip: undefined, native: false },
  { name: 'the real pyexec.c', skip: missing, native: true },
];

describe.for(ENGINES)('long programs on $name', ({ skip, native }) => {
  if (skip !== undefined) {
    test.skip(`skipped: ${skip}`, () => {});
    return;
  }
  let virtual: VirtualBoard | undefined;
  let board: Board;
  beforeAll(async () => {
    if (!native) virtual = await startVirtualBoard({ heapBytes: KIB * 1024 });
    board = await openBoard(virtual?.path ?? `exec:${PYEXEC.replaceAll(' ', '%20')} ${KIB * 1024}`);
  });
  afterEach(async () => {
    await board.reset();
  });
  afterAll(async () => {
    await board?.close();
    await virtual?.close();
  });

  test.for([
    [78_900, 450, 120],
    [124_113, 450, 220],
  ] as const)('%i bytes run in 250 KB of heap', async ([bytes, functions, comment]) => {
    const program = `${programOf(functions, comment)}print(f1(1, 1))\n`;
    const source = padded(program, bytes);
    expect(source.length).toBe(bytes);
    await expect(board.exec(source, { deadlineMs: 50_000 })).resolves.toBe('3\n');
    await expect(board.evaluate('f449(1, 1)')).resolves.toBe(451);
  });

  test('a program that does not fit is a MemoryError, and the next calls work', async () => {
    const source = `${programOf(2_000, 5)}print(1)\n`;
    await expect(board.exec(source, { deadlineMs: 50_000 })).rejects.toMatchObject({ type: 'MemoryError' });
    await expect(board.evaluate('1+1')).resolves.toBe(2);
    await expect(board.exec(`${programOf(100, 5)}print(f1(1, 1))\n`)).resolves.toBe('3\n');
  });

  test('tracebacks name file and line, also of a function that raises later', async () => {
    const source = `${programOf(100, 20)}def bad():\n    return 1 / 0\nbad()\n`;
    const first = await raised(board.exec(source, { filename: '/host/long.py', firstLine: 11 }));
    expect(first).toMatchObject({ type: 'ZeroDivisionError' });
    expect(first.frames).toMatchObject([
      { file: '/host/long.py', line: 313 },
      { file: '/host/long.py', line: 312, name: 'bad' },
    ]);
    const later = await raised(board.exec('bad()'));
    expect(later.frames).toMatchObject([
      { file: '<stdin>', line: 1 },
      { file: '/host/long.py', line: 312, name: 'bad' },
    ]);
    const unnamed = await raised(board.exec(source));
    expect(unnamed.frames.at(-1)).toEqual({ file: '<stdin>', line: 302, name: 'bad' });
    expect(unnamed.traceback).not.toContain('_ww');
  });

  test('a syntax error in the middle has its line, and nothing of the program ran', async () => {
    const source = `ran = True\n${programOf(60, 20)}a = = 1\n${programOf(60, 20)}`;
    const error = await raised(board.exec(source));
    expect(error).toMatchObject({ type: 'SyntaxError' });
    expect(error.frames.at(-1)?.line).toBe(182);
    await expect(board.evaluate("'ran' in globals()")).resolves.toBe(false);
  });

  test('it sees the globals of the programs before it, prints, reads and is interrupted as a short one', async () => {
    await board.exec('earlier = 5');
    const source = `${programOf(100, 20)}import sys\nprint(earlier)\nname = sys.stdin.readline()\nprint('hello', name)\n`;
    await using program = await board.stream(`${source}while True: pass\n`);
    await program.waitFor('5\n');
    await program.write(Buffer.from('you\n'));
    await program.waitFor('hello you\n');
    await program.interrupt();
    await expect(program.finished).rejects.toMatchObject({ type: 'KeyboardInterrupt' });
    await expect(board.evaluate('earlier')).resolves.toBe(5);
  });

  test('replaced built-ins do not hinder it', async () => {
    await board.exec('import builtins\nbuiltins.execfile = builtins.hasattr = builtins.EOFError = None');
    await expect(board.exec(`${programOf(100, 20)}print(f1(1, 1))\n`)).resolves.toBe('3\n');
  });

  test('SystemExit at its end', async () => {
    await expect(board.exec(`${programOf(100, 20)}raise SystemExit\n`)).rejects.toMatchObject({ code: 'BOARD_RESET' });
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });
});

describe('a long program on a bad line', () => {
  /** Counts how often it ran, and has a number in it that one changed bit makes another. */
  const source = `${programOf(100, 20)}runs = globals().get('runs', 0) + 1\nprint(runs)\n${'#'.repeat(200)}\n`;
  const last = source.length - 50;

  test.for<[string, Fault]>([
    ['a changed byte in a comment', { how: 'change', at: source.indexOf('done') }],
    ['a changed byte that makes a syntax error', { how: 'change', at: source.indexOf('def f50') }],
    ['a lost byte', { how: 'lose', at: 700 }],
    ['a lost byte at the end of a window', { how: 'lose', at: 255 }],
    ['a lost byte in the last window', { how: 'lose', at: last }],
    ['a doubled byte', { how: 'double', at: 700 }],
    ['a doubled byte in the last window', { how: 'double', at: last }],
  ])('%s: it is sent again, and runs once', async ([, fault]) => {
    await using bench = await openFaulty();
    bench.line.uploads.push(fault);
    await expect(bench.board.exec(source, { deadlineMs: 30_000 })).resolves.toBe('1\n');
    expect(bench.line.streams).toBe(2);
    await expect(bench.board.evaluate('runs')).resolves.toBe(1);
  });

  test.for(['change', 'lose', 'double'] as const)('a grant: %s', async (how) => {
    await using bench = await openFaulty();
    bench.line.grants.push({ how, at: 9 });
    await expect(bench.board.exec(source, { deadlineMs: 30_000 })).resolves.toBe('1\n');
    await expect(bench.board.evaluate('runs')).resolves.toBe(1);
  });

  test('damaged each time it fails, and never ran', async () => {
    await using bench = await openFaulty();
    const fault: Fault = { how: 'change', at: 4_000 };
    bench.line.uploads.push(fault, fault, fault);
    await expect(bench.board.exec(source, { deadlineMs: 30_000 })).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringMatching(/^The program arrived damaged in 3 attempts/),
    });
    await expect(bench.board.evaluate("'runs' in globals()")).resolves.toBe(false);
  });

  test('given up while it is sent: the next call works', async () => {
    await using bench = await openFaulty();
    const long = `${source}${'#'.repeat(100)}\n`.repeat(10);
    const controller = new AbortController();
    const run = bench.board.exec(long, { signal: controller.signal });
    const stop = bench.board.onTraffic(({ direction, bytes }) => {
      if (direction === 'board' && bytes.includes(6)) controller.abort();
    });
    await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
    stop();
    await expect(bench.board.evaluate("'runs' in globals()")).resolves.toBe(false);
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
