import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { type Board, openTransport, ReplDriverError } from '../src/index.ts';
import { chaosLine, openUnder, seeded } from './chaos-line.ts';
import { DeadlineWatch, type Single } from './deadline-watch.ts';

/** `WIREWRAP_CHAOS_CALLS=10000` is the long run; `WIREWRAP_CHAOS_SEED` repeats one. */
const CALLS = Number(process.env.WIREWRAP_CHAOS_CALLS ?? 120);
const SEED = Number(process.env.WIREWRAP_CHAOS_SEED ?? 20_261_123);
const DEADLINE_MS = 800;
const RATES = { noise: 0.00005, loss: 0.00005, doubling: 0.00005, delay: 0.05, drop: 0.0005, reset: 0.0005 };

interface ChaosCall {
  readonly expected: unknown;
  readonly run: (board: Board, single: Single) => Promise<unknown>;
}

function anyCall(random: () => number): ChaosCall {
  const [a, b] = [Math.floor(random() * 1e6), Math.floor(random() * 1e6)];
  const text = `é-${a}-`.repeat(1 + (b % 40));
  const bytes = Buffer.from(text);
  const kinds: ChaosCall[] = [
    { expected: a + b, run: (board, single) => single((limits) => board.evaluate(`${a}+${b}`, limits)) },
    { expected: text.length, run: (board, single) => single((limits) => board.call('len', [text], limits)) },
    {
      expected: [a, text, b],
      run: (board, single) => single((limits) => board.call('(lambda *x: x)', [a, text, b], limits)),
    },
    { expected: '', run: (board, single) => single((limits) => board.exec(`chaos = ${a}`, limits)) },
    {
      expected: bytes,
      run: async (board, single) => {
        await single((limits) => board.files.upload('chaos_blob', bytes, limits));
        return Buffer.from(await single((limits) => board.evaluate<Uint8Array>('chaos_blob', limits)));
      },
    },
  ];
  return kinds[Math.floor(random() * kinds.length)] as ChaosCall;
}

test(`${CALLS} calls over a line that lies: never a wrong result, never one past its deadline`, {
  timeout: 60_000 + CALLS * 3_000,
}, async () => {
  const random = seeded(SEED);
  await using virtual = await startVirtualBoard({});
  const outcomes = new Map<string, number>();
  const count = (name: string) => outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  const board = await openUnder(async (url, options) => {
    const inner = await openTransport(url, options);
    return chaosLine(inner, { rates: RATES, random, reset: () => virtual.runReset(), longestDelayMs: 30 });
  }, virtual.path);
  const watch = new DeadlineWatch(DEADLINE_MS);
  for (let index = 0; index < CALLS; index++) {
    const call = anyCall(random);
    try {
      const result = await call.run(board, watch.single);
      expect(result, `call ${index}, seed ${SEED}`).toEqual(call.expected);
      count('right');
    } catch (error) {
      if (!(error instanceof ReplDriverError)) throw error;
      count(error.code);
      if (error.code === 'PYTHON')
        expect(error.message, 'only the state that a reset took may be missing').toMatch(
          /^(NameError: .*'chaos_blob'|KeyboardInterrupt)/,
        );
    }
  }
  console.log(`chaos, seed ${SEED}: ${[...outcomes].map(([name, times]) => `${name} ${times}`).join(', ')}; ${watch}`);
  expect(watch.late).toEqual([]);
  expect(outcomes.get('right') ?? 0).toBeGreaterThan(CALLS / 2);
  await board.close();
});
