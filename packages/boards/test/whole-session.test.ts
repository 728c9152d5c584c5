import { openBoard } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { deafen } from '../../repl-driver/test/deafen.ts';
import { WholeSession } from '../src/session/whole-session.ts';

const leak = 'class Node:\n def __init__(self, n): self.n = n\nroot = None\nwhile True: root = Node(root)';

test.for([
  ['a heap that is full', leak],
  ['a built-in that is gone', 'import builtins\nbuiltins.repr = None'],
] as const)('%s is mended by a reset before the case', async ([, program]) => {
  await using device = await startVirtualBoard();
  await using board = await openBoard(device.path);
  const resets: string[] = [];
  const whole = new WholeSession(board, 'virtual', { onReset: (reason) => resets.push(reason) });
  await whole.require();
  expect(resets).toEqual([]);

  await board.exec(program, { deadlineMs: 60_000 }).catch(() => {});
  await whole.require();
  expect(resets).toHaveLength(1);
  await expect(board.evaluate("repr('x')")).resolves.toBe("'x'");
});

test('globals of the tests before stay, while there is memory', async () => {
  await using device = await startVirtualBoard();
  await using board = await openBoard(device.path);
  const whole = new WholeSession(board, 'virtual');
  await board.exec('visits = 1');
  await whole.require();
  expect(await board.evaluate('visits')).toBe(1);
});

test('a board that is silent in three cases in a row is given up in one sentence', async () => {
  await using device = await startVirtualBoard();
  // Without a power cycle, and with no modem lines at a pseudo-terminal, the ladder ends below this.
  await using board = await openBoard(device.path);
  const whole = new WholeSession(board, '/dev/ttyUSB0', { answerMs: 300, resetMs: 2_500 });
  await deafen(board);

  for (const cases of [1, 2]) {
    await expect(whole.require(), `case ${cases}`).rejects.toMatchObject({ code: 'BOARD_SILENT' });
    expect(whole.givenUp).toBeNull();
  }
  const sentence = /^The board \/dev\/ttyUSB0 did not answer in 3 tests in a row, .*wirewrap doctor`\.$/;
  await expect(whole.require()).rejects.toMatchObject({
    code: 'BOARD_SILENT',
    message: expect.stringMatching(sentence),
  });
  expect(whole.givenUp).toMatch(sentence);

  let passed = 0;
  board.onTraffic(() => passed++);
  await expect(whole.require()).rejects.toThrow(sentence);
  expect(passed, 'bytes on the line').toBe(0);
});
