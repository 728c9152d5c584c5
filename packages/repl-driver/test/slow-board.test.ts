import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { openBoard, openTransport, type Transport } from '../src/index.ts';

test('a board that pauses for longer than usual while it compiles is slow, and has more time the next time', async () => {
  await using virtual = await startVirtualBoard({});
  const busy = { ms: 2_500, after: '_wi(' };
  await using board = await openBoard(virtual.path, {
    open: async (url, options) => pausing(await openTransport(url, options), busy),
  });
  await expect(board.exec('print(6*7)', { deadlineMs: 60_000 })).resolves.toBe('42\n');
});

test('a board that never takes the program is called slow or stuck, and neither old nor damaged', async () => {
  await using virtual = await startVirtualBoard({});
  const busy = { ms: 0, after: '_wi(' };
  const board = await openBoard(virtual.path, {
    open: async (url, options) => pausing(await openTransport(url, options), busy),
  });
  try {
    busy.ms = 30_000;
    await expect(board.exec('print(1)', { deadlineMs: 60_000 })).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringMatching(/within \d+ ms; the board is slow or stuck/),
    });
  } finally {
    busy.ms = 0;
    await board.close();
  }
});

/** A board that reads nothing for a while once it has read a certain text; Ctrl-C it hears at once. */
function pausing(inner: Transport, busy: { ms: number; after: string }): Transport {
  let idle = Promise.resolve();
  let endPause = () => {};
  return {
    url: inner.url,
    closed: inner.closed,
    onData: (listener) => inner.onData(listener),
    close: () => inner.close(),
    write: async (bytes) => {
      if (bytes.includes(3)) {
        endPause();
        idle = Promise.resolve();
      }
      const begun = idle;
      if (busy.ms > 0 && Buffer.from(bytes).includes(busy.after)) idle = begun.then(() => pause());
      void begun.then(() => inner.write(bytes));
    },
    [Symbol.asyncDispose]: () => inner.close(),
  };

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, busy.ms);
      endPause = () => {
        clearTimeout(timer);
      };
    });
  }
}
