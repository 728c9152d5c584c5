import { expect, test } from 'vitest';
import { acquireSession, parseBoard } from '../src/index.ts';

test('the serial log tells by which rung a wedged board came back', { timeout: 60_000 }, async () => {
  const session = await acquireSession(parseBoard('virtual'));
  try {
    const startMs = performance.now();
    const deaf = 'import micropython\nmicropython.kbd_intr(-1)\nwhile True: pass';
    await expect(session.board.exec(deaf, { deadlineMs: 300 })).rejects.toMatchObject({ code: 'DEADLINE' });
    await expect(session.board.evaluate('6 * 7', { deadlineMs: 30_000 })).resolves.toBe(42);
    const told = session.serialLog.since(startMs).split('\n');
    const rungs = told.flatMap((line) => / driver (.*)/.exec(line)?.[1] ?? []);
    expect(rungs.at(0)).toMatch(/^ctrl-c: failed after \d+ ms: Waited \d+ ms for /);
    expect(rungs.at(-1)).toMatch(/^power cycle: recovered after \d+ ms$/);
  } finally {
    await session.release();
  }
});
