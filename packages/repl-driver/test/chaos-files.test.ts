import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { type Board, openTransport, ReplDriverError } from '../src/index.ts';
import { chaosLine, openUnder, seeded } from './chaos-line.ts';
import { DeadlineWatch, type Single } from './deadline-watch.ts';

/** `WIREWRAP_CHAOS_TRANSFERS=1000` is a long run; `WIREWRAP_CHAOS_SEED` repeats one. */
const TRANSFERS = Number(process.env.WIREWRAP_CHAOS_TRANSFERS ?? 24);
const SEED = Number(process.env.WIREWRAP_CHAOS_SEED ?? 20_261_124);
const DEADLINE_MS = 15_000;
/** A lost byte costs four seconds of silence: rarer than those of short calls. */
const RATES = { noise: 0.00002, loss: 0.00001, doubling: 0.00001, delay: 0.02, drop: 0.0003, reset: 0.0003 };
const FILES = ['/kept.bin', '/app/main.py', '/app/lib/data.bin'];

type Contents = Readonly<Record<string, Buffer>>;

function anyBytes(random: () => number, index: number): Buffer {
  const length = 500 + Math.floor(random() * 6_000);
  if (random() < 0.5) return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  return Buffer.from(`# ${index}\n${'value = compute(value)\n'.repeat(length / 24)}`);
}

/** What a transfer is to leave in which files. */
function anyTransfer(random: () => number, index: number): { after: Contents; run: Transfer } {
  const bytes = anyBytes(random, index);
  if (random() < 0.6) {
    const [path = ''] = FILES.slice(Math.floor(random() * FILES.length));
    return { after: { [path]: bytes }, run: (board, limits) => board.files.write(path, bytes, limits) };
  }
  const other = anyBytes(random, index);
  const after = { '/app/main.py': bytes, '/app/lib/data.bin': other };
  return {
    after,
    run: (board, limits) => board.files.sync('/app', { 'main.py': bytes, 'lib/data.bin': other }, limits),
  };
}
type Transfer = (board: Board, limits: { deadlineMs: number }) => Promise<unknown>;

/** Reads until the line lets it through: what is read is checked by its SHA-256, so it is right or an error. */
async function read(board: Board, path: string, single: Single): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return Buffer.from(await single((limits) => board.files.read(path, limits)));
    } catch (error) {
      if (!(error instanceof ReplDriverError) || error.code === 'PYTHON' || attempt === 5) throw error;
    }
  }
}

test(`${TRANSFERS} transfers over a line that lies: every file is the old one or the new one, whole`, {
  timeout: 60_000 + TRANSFERS * 30_000,
}, async () => {
  const random = seeded(SEED);
  await using virtual = await startVirtualBoard({});
  const board = await openUnder(async (url, options) => {
    const inner = await openTransport(url, options);
    return chaosLine(inner, { rates: RATES, random, reset: () => virtual.runReset(), longestDelayMs: 20 });
  }, virtual.path);
  const watch = new DeadlineWatch(DEADLINE_MS);
  const outcomes = new Map<string, number>();
  const now = new Map<string, Buffer>();
  for (let index = 0; index < TRANSFERS; index++) {
    const { after, run } = anyTransfer(random, index);
    let outcome = 'done';
    try {
      await watch.single((limits) => run(board, limits));
    } catch (error) {
      if (!(error instanceof ReplDriverError)) throw error;
      outcome = error.code;
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    for (const [path, bytes] of Object.entries(after)) {
      const old = now.get(path);
      const found = await read(board, path, watch.single).catch((error: { errnoName?: string }) => {
        if (error.errnoName !== 'ENOENT') throw error;
        return undefined;
      });
      const which = found?.equals(bytes) ? 'new' : found === old || (old && found?.equals(old)) ? 'old' : 'neither';
      const whole = outcome === 'done' ? ['new'] : ['new', 'old'];
      expect(whole, `transfer ${index} (${outcome}), ${path}, seed ${SEED}`).toContain(which);
      if (found) now.set(path, found);
    }
  }
  const tally = [...outcomes].map(([name, times]) => `${name} ${times}`).join(', ');
  console.log(`chaos of files, seed ${SEED}: ${tally}; ${watch}`);
  expect(watch.late).toEqual([]);
  expect(outcomes.get('done') ?? 0).toBeGreaterThan(TRANSFERS / 2);
  await board.close();
});
