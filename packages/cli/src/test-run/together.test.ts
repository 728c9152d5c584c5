import { once } from 'node:events';
import { expect, test } from 'vitest';
import { together } from './together.ts';

const never = new AbortController().signal;

test('gives the results in the order of the items', async () => {
  const { promise: second, resolve } = Promise.withResolvers<void>();
  const results = await together(['a', 'b'], never, async (item, _signal, index) => {
    if (index === 0) await second;
    else resolve();
    return [item, index];
  });
  expect(results).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
});

test('the first error aborts the others, and is thrown when they have ended', async () => {
  const ended: string[] = [];
  const work = async (item: string, signal: AbortSignal): Promise<void> => {
    if (item === 'fails') throw new Error('this one');
    await once(signal, 'abort');
    // Not at once: a board has to be given back.
    await new Promise(setImmediate);
    ended.push(item);
    throw signal.reason;
  };
  await expect(together(['a', 'fails', 'b'], never, work)).rejects.toThrow('this one');
  expect(ended).toEqual(['a', 'b']);
});

test("the caller's signal reaches everyone", async () => {
  const interrupt = new AbortController();
  const waiting = together(['a', 'b'], interrupt.signal, async (_item, signal) => {
    await once(signal, 'abort');
    throw signal.reason;
  });
  interrupt.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
});
