import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SharedObservations } from './shared-observations.ts';

test('what a suite told is heard by another that waited for it', async () => {
  const shared = new SharedObservations(await mkdtemp(join(tmpdir(), 'wirewrap-')));
  const heard = shared.of('trust');
  const told = [
    ['client/required/good', { completed: true }],
    ['client/required/none', 'None'],
  ] as const;
  await shared.tell('server', []);
  await shared.tell('trust', told);
  expect(await heard).toEqual(told);
  expect(await shared.of('server')).toEqual([]);
});

test('a suite that never ends is told after the deadline', async () => {
  const shared = new SharedObservations(await mkdtemp(join(tmpdir(), 'wirewrap-')));
  await expect(shared.of('trust', { deadlineMs: 100 })).rejects.toMatchObject({
    code: 'BOARD_GONE',
    message: expect.stringMatching(/^Waited 0\.1 s for the cases of the suite trust, .*; its process is gone\.$/),
  });
});
