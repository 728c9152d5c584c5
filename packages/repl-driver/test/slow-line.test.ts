import { fork } from 'node:child_process';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { openBoard } from '../src/index.ts';
import { openBench } from './helpers.ts';

test('a line with a round trip of 700 ms is slow and no reason to say that there is no MicroPython', {
  timeout: 60_000,
}, async () => {
  await using bench = await openBench({ latencyMs: 350 });
  await expect(bench.board.exec('print(6 * 7)')).resolves.toBe('42\n');
});

test('an upload whose host was killed is outlasted over a slow line', { timeout: 60_000 }, async () => {
  await using virtual = await startVirtualBoard({ latencyMs: 160 });
  const child = fork(new URL('killed-upload.ts', import.meta.url), [virtual.path], { stdio: 'inherit' });
  await new Promise((resolve) => child.once('message', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  await using board = await openBoard(virtual.path, { deadlineMs: 30_000 });
  await expect(board.evaluate('6 * 7')).resolves.toBe(42);
});
