import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Board, ReplDriverError } from '../src/index.ts';
import { openBench } from './helpers.ts';

/** Catches what it fails with. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** What a callback may throw: an error of its own, or one that a call on some board failed with. */
const thrown: [string, (board: Board) => Promise<unknown>][] = [
  ['an error', async () => new Error('of the callback')],
  ['no error at all', async () => 'text'],
  ['an exception of a board', (board) => failure(board.exec('raise ValueError(1)'))],
  ['a bad value', (board) => failure(board.call('print', [() => {}]))],
  ['a deadline', (board) => failure(board.exec('while True: pass', { deadlineMs: 100 }))],
  ['damage', async () => new ReplDriverError('PROTOCOL', 'of another board')],
];

const LOOP = `
stopped = False
try:
 print('begun')
 while True: pass
finally:
 stopped = True
`.trim();

describe.for(thrown)('a callback that throws %s', ([, make]) => {
  test('ends the program, and is told as it is', async () => {
    await using bench = await openBench();
    const { board } = bench;
    const error = await make(board);
    const onOutput = () => {
      throw error;
    };
    expect(await failure(board.exec(LOOP, { onOutput }))).toBe(error);
    await expect(board.evaluate('stopped')).resolves.toBe(true);
    expect(await failure(board.exec("print('short')", { onOutput }))).toBe(error);
    await expect(board.exec("print('next')")).resolves.toBe('next\n');
    const stream = await board.stream(LOOP, { onOutput });
    expect(await failure(stream.finished)).toBe(error);
    await expect(board.evaluate('stopped')).resolves.toBe(true);
  });

  test('ends the transfer, and leaves the old file whole', async () => {
    await using bench = await openBench();
    const { board } = bench;
    const error = await make(board);
    await board.files.write('/kept', 'old');
    let told = 0;
    const onProgress = () => {
      told++;
      throw error;
    };
    expect(await failure(board.files.write('/kept', randomBytes(5_000), { onProgress }))).toBe(error);
    expect(told).toBe(1);
    await expect(board.exec("print('next')")).resolves.toBe('next\n');
    expect(Buffer.from(await board.files.read('/kept')).toString()).toBe('old');
    expect(await failure(board.files.read('/kept', { onProgress }))).toBe(error);
    await expect(board.exec("print('next')")).resolves.toBe('next\n');
  });
});
