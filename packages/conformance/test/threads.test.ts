import { readFileSync } from 'node:fs';
import { expect, test } from '@wirewrap/matchers';
import { py } from '@wirewrap/repl-driver';

const program = (name: string): string =>
  readFileSync(new URL(`../src/cases/exhaustion/${name}`, import.meta.url), 'utf8');

test('a thread that never ends is told by the bound, beside one that does', async ({ board, tls, network }) => {
  const silent = await tls.server({ faults: ['never-answers'] });
  const good = await tls.server({});
  await board.exec(program('client.py'));
  await board.exec(program('threads.py'));
  const host = network.hostFor(silent.address);
  const jobs = [
    ['client', [host, silent.port, null, 1]],
    ['client', [host, good.port, 5, 1]],
  ];
  expect(await board.evaluate(py`_trun(${jobs}, 0, 10)`, { deadlineMs: 60_000 })).toEqual([null, ['completes']]);
  // The thread is still there, and holds its socket.
  await board.reset('soft');
});
