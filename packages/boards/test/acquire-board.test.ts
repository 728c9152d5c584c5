import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { processesWith } from '../../repl-driver/test/running-programs.ts';
import { acquireBoard, leasePath, parseBoard, prepareBoard, readLease } from '../src/index.ts';

const idOf = 'import machine\nprint(machine.unique_id().hex())';

test('what one process started, others open: one board, and one switch for it', async () => {
  await using prepared = await prepareBoard(parseBoard('virtual?ssl=1.20'));
  const checked = await prepared.open();
  const id = await checked.exec(idOf);
  await checked.close();

  const handed = JSON.parse(JSON.stringify(await prepared.handOver()));
  expect(handed).toMatchObject({ scheme: 'serial', url: 'virtual?ssl=1.20', label: 'virtual ssl=1.20' });
  await using acquired = await acquireBoard(handed);
  expect(await acquired.board.exec(idOf)).toBe(id);
  expect(acquired.settings).toMatchObject({ startedFrom: { scheme: 'virtual', options: { ssl: '1.20' } } });

  await acquired.board.exec('left = 1');
  await expect(acquired.board.reset('power')).resolves.toContain('POWERON_RESET');
  await expect(acquired.board.evaluate('"left" in globals()')).resolves.toBe(false);
  expect(await acquired.board.exec(idOf)).toBe(id);
});

test('a board that is acquired is leased until it is given back', async () => {
  await using device = await startVirtualBoard();
  const settings = parseBoard(device.path);
  const lease = async () => await readLease(leasePath(settings) ?? '');
  {
    await using acquired = await acquireBoard(settings, { lease: { purpose: 'a test' } });
    expect(await acquired.board.evaluate('6 * 7')).toBe(42);
    expect(await lease()).toMatchObject({ purpose: 'a test', board: device.path });
  }
  expect(await lease()).toBeNull();
});

test('a board that cannot be opened gives back its lease and ends its start command', async () => {
  const mark = `4321.${process.pid}`;
  const settings = parseBoard('/dev/does-not-exist', { start: { command: `exec sleep ${mark}`, deadlineMs: 600 } });
  const acquiring = acquireBoard(settings, { lease: { purpose: 'a test' } });
  await expect(acquiring).rejects.toMatchObject({ code: 'NO_SUCH_PORT' });
  expect(await readLease(leasePath(settings) ?? '')).toBeNull();
  expect(processesWith(mark)).toEqual([]);
});

test('a start command that brings its board up late is waited for', async () => {
  await using device = await startVirtualBoard();
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-acquire-'));
  try {
    const link = join(folder, 'port');
    await writeFile(join(folder, 'late.sh'), `sleep 0.7; ln -s ${device.path} ${link}; sleep 60`);
    const start = { command: `sh ${folder}/late.sh`, deadlineMs: 30_000 };
    await using acquired = await acquireBoard(parseBoard(link, { start }));
    expect(await acquired.board.evaluate('6 * 7')).toBe(42);
  } finally {
    await rm(folder, { recursive: true });
  }
});
