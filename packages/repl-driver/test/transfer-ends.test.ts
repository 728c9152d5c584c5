import { describe, expect, test } from 'vitest';
import type { DeadlineError } from '../src/index.ts';
import { STALL_MS } from '../src/line/stall-watch.ts';
import { names, openFaulty } from './faulty-board.ts';
import { faultyLine, unmistakableBytes } from './faulty-line.ts';
import { openBench } from './helpers.ts';
import { ALLOWANCE_MS, lateness } from './lateness.ts';

const RESET_AT_TENTH_READ = `import builtins, machine
class Failing:
 open = builtins.open
 def __init__(self, *args):
  self.file = Failing.open(*args)
  self.reads = 0
 def __enter__(self):
  return self
 def __exit__(self, *args):
  self.file.close()
 def readinto(self, buffer):
  self.reads += 1
  if self.reads == 10: machine.reset()
  return self.file.readinto(buffer)
builtins.open = Failing`;

/** Leaves room for some 32 KiB. */
const FILL_FLASH = `import os
n = 0
try:
 while True:
  with open('/fill%d' % n, 'wb') as f:
   for i in range(16): f.write(bytes(1024))
  n += 1
except OSError:
 pass
for i in range(n - 2, n): os.remove('/fill%d' % i)`;

describe('what ends a transfer at once', () => {
  test('an abort while both ends wait for a byte that was lost', async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    line.uploads.push({ how: 'lose', at: 700 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 2_000);
    const { error, lateMs } = await lateness(2_000, () =>
      board.files.write('/kept.bin', unmistakableBytes(3_000), { signal: abort.signal }),
    );
    expect(error).toMatchObject({ code: 'ABORTED' });
    expect(lateMs).toBeLessThan(ALLOWANCE_MS);
    expect(Buffer.from(await board.files.read('/kept.bin', { deadlineMs: 20_000 })).toString()).toBe('the old file');
    expect(line.streams).toBe(1);
  });

  test('a deadline in the second attempt says so', async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    line.uploads.push({ how: 'change', at: 700 }, { how: 'lose', at: 700 });
    const { error, lateMs } = await lateness(5_000, () =>
      board.files.write('/kept.bin', unmistakableBytes(3_000), { deadlineMs: 5_000 }),
    );
    expect(error).toMatchObject({
      code: 'DEADLINE',
      message: expect.stringMatching(
        /^Waited \d+ ms for writing \/kept\.bin \(attempt 2 of 3; the one before failed: the board said: sha256 differs/,
      ),
    });
    expect((error as DeadlineError).waitedMs).toBeGreaterThan(4_900);
    expect(lateMs).toBeLessThan(ALLOWANCE_MS);
    expect(Buffer.from(await board.files.read('/kept.bin', { deadlineMs: 20_000 })).toString()).toBe('the old file');
  });

  test("the board's own errors: no room, no memory, no such folder", async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    await board.exec(FILL_FLASH);
    await expect(board.files.write('/kept.bin', unmistakableBytes(60_000))).rejects.toMatchObject({
      errnoName: 'ENOSPC',
    });
    expect(line.streams).toBe(1);
    expect(Buffer.from(await board.files.read('/kept.bin')).toString()).toBe('the old file');
    await expect(board.files.upload('blob', unmistakableBytes(900_000))).rejects.toMatchObject({ type: 'MemoryError' });
    expect(line.streams).toBe(1);
    await expect(board.files.write('/none/x', unmistakableBytes(3_000))).rejects.toMatchObject({ errnoName: 'ENOENT' });
    expect(line.streams).toBe(2);
    await expect(board.files.read('/none/x')).rejects.toMatchObject({ errnoName: 'ENOENT' });
  });

  test('a board that crashes under a write', async () => {
    await using bench = await openBench({ baudRate: 115_200 });
    const { board, virtual } = bench;
    await board.files.write('/kept.bin', 'the old file');
    let crashedMs = Number.NaN;
    const onProgress = () => {
      if (!Number.isNaN(crashedMs)) return;
      crashedMs = performance.now();
      void virtual.crash();
    };
    await expect(board.files.write('/kept.bin', unmistakableBytes(30_000), { onProgress })).rejects.toMatchObject({
      code: 'BOARD_PANIC',
      reason: expect.stringContaining('SIGSEGV'),
    });
    expect(performance.now() - crashedMs, 'before its silence is noticed').toBeLessThan(STALL_MS);
    expect(Buffer.from(await board.files.read('/kept.bin')).toString()).toBe('the old file');
    // What it had begun goes with the next write.
    await board.files.write('/kept.bin', 'the new file');
    expect(await names(board)).toEqual(['/boot.py', '/kept.bin']);
  });

  test('a board that resets under a read', async () => {
    await using bench = await openFaulty();
    const { board } = bench;
    await board.files.write('/long.bin', unmistakableBytes(30_000));
    // The receiver takes `open` when it is installed, so that a later program cannot stand in its way.
    await board.reset();
    await board.exec(RESET_AT_TENTH_READ);
    await expect(board.files.read('/long.bin')).rejects.toMatchObject({
      code: 'BOARD_RESET',
      reason: expect.stringContaining('hard reset'),
    });
    expect(await board.files.stat('/long.bin')).toMatchObject({ size: 30_000 });
  });

  test('closing the session: what Ctrl-C broke off is not sent again', async () => {
    const line = faultyLine();
    const bench = await openBench({ baudRate: 115_200 }, { open: line.open });
    const begun = Promise.withResolvers<void>();
    const onProgress = () => begun.resolve();
    const writing = bench.board.files.write('/kept.bin', unmistakableBytes(100_000), { onProgress });
    const ended = writing.then(
      () => 'written',
      (error: { code: string }) => error.code,
    );
    await begun.promise;
    await bench.board.close();
    expect(await ended).toMatch(/^(PROTOCOL|PYTHON|TRANSPORT_CLOSED|DEADLINE)$/);
    expect(line.streams).toBe(1);
    await bench.virtual.close();
  });
});
