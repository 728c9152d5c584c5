import { expect, test } from 'vitest';
import { cyclePower, servePower } from '../src/acquire/power-socket.ts';

test('who waits for a power cycle that hangs learns that its process is gone', async () => {
  const begun = Promise.withResolvers<void>();
  const socket = await servePower(() => {
    begun.resolve();
    return new Promise(() => {});
  });
  const waiting = cyclePower(socket.path).catch((error: unknown) => error);
  await begun.promise;
  await socket[Symbol.asyncDispose]();
  expect(await waiting).toMatchObject({
    code: 'HOST',
    message: 'The board cannot be switched off and on: the process that started it is gone.',
  });
});
