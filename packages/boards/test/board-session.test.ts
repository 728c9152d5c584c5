import { expect, test } from 'vitest';
import { acquireSession, parseBoard } from '../src/index.ts';

test('the serial log says by which rung a wedged board came back', { timeout: 60_000 }, async () => {
  const session = await acquireSession(parseBoard('virtual'));
  try {
    // Beside much else, opening alone takes a second, and Ctrl-C would come before the program.
    await session.board.evaluate('0');
    const startMs = performance.now();
    const deaf = 'import micropython\nmicropython.kbd_intr(-1)\nwhile True: pass';
    await expect(session.board.exec(deaf, { deadlineMs: 1_000 })).rejects.toMatchObject({ code: 'DEADLINE' });
    await expect(session.board.evaluate('6 * 7', { deadlineMs: 30_000 })).resolves.toBe(42);
    const lines = session.serialLog.since(startMs).split('\n');
    const rungs = lines.flatMap((line) => / driver (.*)/.exec(line)?.[1] ?? []);
    expect(rungs.at(0)).toMatch(/^ctrl-c: failed after \d+ ms: Waited \d+ ms for /);
    expect(rungs.at(-1)).toMatch(/^power cycle: recovered after \d+ ms$/);
  } finally {
    await session.release();
  }
});
