import { describe, expect, test } from 'vitest';
import { type Board, openBoard, ReplDriverError, type Transport } from '../src/index.ts';
import { openBench } from './helpers.ts';
import { ALLOWANCE_MS, lateness } from './lateness.ts';

const DEADLINE_MS = 400;

async function lateMs(call: (limits: { deadlineMs: number }) => Promise<unknown>): Promise<number> {
  const { error, lateMs } = await lateness(DEADLINE_MS, () => call({ deadlineMs: DEADLINE_MS }));
  expect(error).toBeInstanceOf(ReplDriverError);
  return lateMs;
}

/** A line at whose other end nobody is; its writes and its end may never be told. */
function deadLine(): Transport {
  return {
    url: 'dead:',
    closed: new Promise(() => {}),
    onData: () => () => {},
    write: () => new Promise(() => {}),
    close: () => new Promise(() => {}),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const calls: [string, (board: Board, limits: { deadlineMs: number }) => Promise<unknown>][] = [
  ['exec', (board, limits) => board.exec('while True: pass', limits)],
  ['evaluate', (board, limits) => board.evaluate("__import__('time').sleep(9)", limits)],
  ['call', (board, limits) => board.call("__import__('time').sleep", [9], limits)],
  ['stream', async (board, limits) => (await board.stream('while True: pass', limits)).finished],
];

describe('nothing is answered after its deadline', () => {
  test.for(calls)('%s on a board that is busy', async ([, call]) => {
    await using bench = await openBench();
    expect(await lateMs((limits) => call(bench.board, limits))).toBeLessThan(ALLOWANCE_MS);
  });

  test('waitFor on a program that prints nothing', async () => {
    await using bench = await openBench();
    await using running = await bench.board.stream("__import__('time').sleep(3)");
    expect(await lateMs((limits) => running.waitFor('never', limits))).toBeLessThan(ALLOWANCE_MS);
  });

  test.for(['write', 'read', 'upload', 'sync', 'list'] as const)('files.%s on a deaf board', async (what) => {
    await using bench = await openBench();
    const { board } = bench;
    const deaf = board.exec(
      'import micropython, time\nmicropython.kbd_intr(-1)\ntime.sleep(3)\nmicropython.kbd_intr(3)',
      { deadlineMs: 60_000 },
    );
    deaf.catch(() => {});
    const { files } = board;
    const ways = {
      write: (limits: { deadlineMs: number }) => files.write('/x', 'x', limits),
      read: (limits: { deadlineMs: number }) => files.read('/x', limits),
      upload: (limits: { deadlineMs: number }) => files.upload('x', Buffer.from('x'), limits),
      sync: (limits: { deadlineMs: number }) => files.sync('/x', {}, limits),
      list: (limits: { deadlineMs: number }) => files.list('/', limits),
    };
    expect(await lateMs(ways[what])).toBeLessThan(ALLOWANCE_MS);
    await deaf;
  });

  test.for(['soft', 'power'] as const)('a %s reset of a board that does not come back', async (kind) => {
    await using bench = await openBench({}, { powerCycle: () => new Promise(() => {}) });
    await bench.board.exec("with open('boot.py','w') as f: f.write('while True: pass')");
    expect(await lateMs((limits) => bench.board.reset(kind, limits))).toBeLessThan(ALLOWANCE_MS);
  });

  test('opening a line at whose end nobody is', async () => {
    expect(await lateMs((limits) => openBoard('dead:', { ...limits, open: async () => deadLine() }))).toBeLessThan(
      ALLOWANCE_MS,
    );
  });

  test('opening a port that never opens', async () => {
    expect(await lateMs((limits) => openBoard('dead:', { ...limits, open: () => new Promise(() => {}) }))).toBeLessThan(
      ALLOWANCE_MS,
    );
  });
});

describe('the error of a deadline says what was waited for, and what was received instead', () => {
  const DEAF = 'import micropython\nmicropython.kbd_intr(-1)\nprint("deaf")\nwhile True: pass';

  test('the output of a program that does not end', async () => {
    await using bench = await openBench();
    await bench.board.exec("print('of an earlier call')");
    await expect(bench.board.exec("print('I run')\nwhile True: pass", { deadlineMs: 2_000 })).rejects.toMatchObject({
      waitedFor: 'the program to end',
      cameInstead: expect.stringMatching(/^"(?!.*earlier).*I run\\r\\n"$/),
    });
  });

  test('the prompt of a board that is deaf', async () => {
    await using bench = await openBench();
    await bench.board.exec('pass');
    await expect(bench.board.exec(DEAF, { deadlineMs: 2_000 })).rejects.toMatchObject({
      cameInstead: expect.stringContaining('deaf'),
    });
    const { board, virtual } = bench;
    await expect(board.evaluate('6 * 7', { deadlineMs: 3_000 })).rejects.toMatchObject({
      waitedFor: 'the raw REPL',
      cameInstead: 'nothing',
    });
    await virtual.runReset();
  });
});
