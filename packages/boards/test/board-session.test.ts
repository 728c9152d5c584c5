import { expect, test } from 'vitest';
import { deafen } from '../../repl-driver/test/deafen.ts';
import { acquireSession, parseBoard } from '../src/index.ts';

test('the serial log says by which rung a wedged board came back', async () => {
  const session = await acquireSession(parseBoard('virtual'));
  try {
    const startMs = performance.now();
    await deafen(session.board);
    await expect(session.board.evaluate('6 * 7', { deadlineMs: 30_000 })).resolves.toBe(42);
    const lines = session.serialLog.since(startMs).split('\n');
    const rungs = lines.flatMap((line) => / driver (.*)/.exec(line)?.[1] ?? []);
    expect(rungs.at(0)).toMatch(/^ctrl-c: failed after \d+ ms: Waited \d+ ms for /);
    expect(rungs.at(-1)).toMatch(/^power cycle: recovered after \d+ ms$/);
  } finally {
    await session.release();
  }
});
