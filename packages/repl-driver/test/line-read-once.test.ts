import { startVirtualBoard } from '@wirewrap/virtual-board';
import { beforeEach, expect, test, vi } from 'vitest';
import { type LineSettings, openBoard, openTransport } from '../src/index.ts';
import { parseLine } from '../src/transport/line-settings.ts';

vi.mock('../src/transport/line-settings.ts', { spy: true });

beforeEach(() => {
  vi.mocked(parseLine).mockClear();
});

test('the text of a line is read once, and not again when the port is reopened', async () => {
  await using virtual = await startVirtualBoard();
  const powerCycle = () => virtual.powerCycle();
  await using board = await openBoard(virtual.path, { powerCycle });
  expect(parseLine).toHaveBeenCalledTimes(1);
  await board.reset('power');
  expect(await board.evaluate('6 * 7')).toBe(42);
  expect(parseLine).toHaveBeenCalledTimes(1);
});

test('a line that was read already is not read', async () => {
  await using virtual = await startVirtualBoard();
  const line: LineSettings = { scheme: 'serial', path: virtual.path, baudRate: 115_200 };
  const transport = await openTransport(line);
  await transport.close();
  await using board = await openBoard(line);
  expect(board.url).toBe(virtual.path);
  expect(parseLine).not.toHaveBeenCalled();
});

test('a way to open of the caller gets the text as it is', async () => {
  const open = vi.fn(async () => Promise.reject(new TypeError('no radio')));
  await expect(openBoard('radio', { open })).rejects.toThrow('no radio');
  expect(open).toHaveBeenCalledWith('radio', expect.anything());
  expect(parseLine).not.toHaveBeenCalled();
});
