import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { type OpenBoardOptions, openBoard, openTransport, type Transport } from '../src/index.ts';
import { openBench } from './helpers.ts';

test('a line with a round trip of 700 ms is slow and no reason to say that there is no MicroPython', async () => {
  await using bench = await openBench({ latencyMs: 350 });
  await expect(bench.board.exec('print(6 * 7)')).resolves.toBe('42\n');
});

test('an upload whose host was killed is outlasted over a slow line', async () => {
  await using virtual = await startVirtualBoard({ latencyMs: 160 });
  const child = fork(new URL('killed-upload.ts', import.meta.url), [virtual.path], { stdio: 'inherit' });
  await new Promise((resolve) => child.once('message', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  await using board = await openBoard(virtual.path, { deadlineMs: 30_000 });
  await expect(board.evaluate('6 * 7')).resolves.toBe(42);
});

test('a prompt that comes in pieces tells that the agent left, whatever was sent between them', async () => {
  await using virtual = await startVirtualBoard({});
  const open: OpenBoardOptions['open'] = async (url, options) => splitPrompts(await openTransport(url, options));
  await using board = await openBoard(virtual.path, { open });
  await board.exec('runs = 0');
  {
    await using program = await board.stream("print('up')\n__import__('time').sleep(0.2)");
    await program.waitFor('up');
    await program.write(Buffer.from('left\nover'));
    await program.finished;
  }
  await sleep(50);
  await board.exec('runs += 1');
  await expect(board.evaluate('runs')).resolves.toBe(1);
});

/** Delivers the last byte of each prompt, and what follows, a moment later. */
function splitPrompts(inner: Transport): Transport {
  let last = Promise.resolve();
  const onData = (listener: (chunk: Uint8Array) => void) =>
    inner.onData((chunk) => {
      const at = Buffer.from(chunk).indexOf('\x04\x04>');
      const pieces = at < 0 ? [chunk] : [chunk.subarray(0, at + 2), chunk.subarray(at + 2)];
      last = last.then(async () => {
        listener(pieces[0] as Uint8Array);
        if (!pieces[1]) return;
        await sleep(150);
        listener(pieces[1]);
      });
    });
  return {
    url: inner.url,
    closed: inner.closed,
    onData,
    write: (bytes) => inner.write(bytes),
    close: () => inner.close(),
    [Symbol.asyncDispose]: () => inner.close(),
  };
}
