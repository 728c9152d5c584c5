import * as driver from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test, vi } from 'vitest';
import { parseLine } from '../../repl-driver/src/transport/line-settings.ts';
import { acquireBoard, parseBoard, prepareBoard } from '../src/index.ts';

vi.mock('../../repl-driver/src/transport/line-settings.ts', { spy: true });

test('a board URL is read once on its way to an open port, in both processes', async () => {
  // Otherwise the spy would sit on another copy of the module than the one that boards uses.
  expect(driver.parseLine).toBe(parseLine);
  await using device = await startVirtualBoard();
  await using prepared = await prepareBoard(parseBoard(device.path));
  await (await prepared.openLine()).close();
  await (await prepared.open()).close();
  const handed = JSON.parse(JSON.stringify(await prepared.handOver()));
  await using acquired = await acquireBoard(handed);
  expect(await acquired.board.evaluate('6 * 7')).toBe(42);
  expect(vi.mocked(parseLine).mock.calls).toEqual([[device.path]]);
});

test('what a board is started as is never text again', async () => {
  vi.mocked(parseLine).mockClear();
  await using acquired = await acquireBoard(parseBoard('virtual'));
  expect(await acquired.board.evaluate('6 * 7')).toBe(42);
  expect(parseLine).not.toHaveBeenCalled();
});
