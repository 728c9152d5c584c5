import { MicroPythonError, ReplDriverError } from '@wirewrap/repl-driver';
import { hostClock } from '@wirewrap/repl-driver/basics';
import { NetworkError } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import type { CaseBench } from '../cases/conformance-case.ts';
import { CASES_THAT_MAY_BE_LOST, CASES_THAT_MAY_NOT_FIT } from '../record/loss-limit.ts';
import type { Repeat } from '../selection/case-selection.ts';
import { runCaseTest } from './case-test.ts';
import { newRunState } from './run-state.ts';

/** A case that gives, or raises, one of these a time. */
function caseGiving(...answers: readonly unknown[]) {
  let run = 0;
  return {
    id: 'x/case',
    run: async () => {
      const answer = answers[Math.min(run++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    get runs() {
      return run;
    },
  };
}

/** Where `chip` is false the line has no RTS, and the port no `machine.reset`. */
function benchOf({ chip = true } = {}) {
  const resets: string[] = [];
  const clock = { asked: 0 };
  const board = {
    reset: async (kind: string) => {
      resets.push(kind);
      if (kind === 'run' && !chip) throw new ReplDriverError('BAD_VALUE', 'no RTS line');
    },
    // Its clock is right.
    exec: async (code: unknown) => {
      if (String(code).includes('reset()')) throw raised({ type: 'AttributeError' });
      clock.asked += 1;
      return `(${Math.floor(Date.now() / 1000)}, 1970)`;
    },
  };
  const network = {
    joined: [] as string[],
    isJoined: false,
    forget() {
      this.isJoined = false;
    },
    async ensureJoined() {
      if (!this.isJoined) this.joined.push(`after ${resets.length} resets`);
      this.isJoined = true;
    },
  };
  const bench = { board, network, can: {}, clock: hostClock, measure: () => {} } as unknown as CaseBench;
  return { bench, resets, clock, network };
}

/** What vitest's skip() does: it ends the test by throwing. */
class Skipped extends Error {}

async function outcome(
  item: ReturnType<typeof caseGiving>,
  state = newRunState(),
  baseline: ReadonlyMap<string, unknown> | null = null,
  repeat: Repeat | null = null,
  { bench, resets, clock, network } = benchOf(),
) {
  const observed: unknown[] = [];
  const skip = (note: string): never => {
    throw new Skipped(note);
  };
  const observe = (_id: string, value: unknown): void => void observed.push(value);
  const error = await runCaseTest(item, bench, { state, baseline, repeat, observe, skip }).catch(
    (cause: unknown) => cause as Error & { code?: string },
  );
  return { error: error ?? null, observed, resets, clock, state, network };
}

const reset = new ReplDriverError('BOARD_RESET', 'The board reset.');
const silence = new ReplDriverError('DEADLINE', 'Waited.');
const raised = (fields: Partial<MicroPythonError>): Error =>
  Object.assign(Object.create(MicroPythonError.prototype), { args: [], errno: null, errnoName: null, ...fields });
const noMemory = raised({ type: 'MemoryError' });
const beyond = { lost: 'out of memory on a fresh board' };

test.for([
  { name: 'a reset', error: reset },
  { name: 'silence', error: silence },
  { name: 'no memory', error: noMemory },
  { name: 'a network that is not joined', error: new NetworkError('WIFI_REFUSED', 'It was still connecting.') },
])('a case that was lost once, to $name, runs again on a board that was reset', async ({ error }) => {
  const result = await outcome(caseGiving(error, { end: 'completes' }));
  expect(result).toMatchObject({ error: null, observed: [{ end: 'completes' }] });
  expect(result.resets.length).toBeGreaterThan(0);
});

test.for([
  { name: 'lost', error: noMemory, looks: 2 },
  { name: 'lost to silence, and would be silent again', error: silence, looks: 1 },
])(
  'the clock is looked at before the second attempt of a case, and after one that was $name: $looks times',
  async (row) => {
    const { clock, error } = await outcome(caseGiving(row.error));
    expect(error).toBeInstanceOf(Skipped);
    expect(clock.asked).toBe(row.looks);
  },
);

test('the network is joined before a case, and again after a reset, so that a program of its own finds it', async () => {
  const bench = benchOf();
  const state = newRunState();
  const run = (item: ReturnType<typeof caseGiving>) => outcome(item, state, null, null, bench);
  await run(caseGiving(done));
  await run(caseGiving(done));
  expect(bench.network.joined).toEqual(['after 0 resets']);
  await run(caseGiving(noMemory, done));
  expect(bench.network.joined).toEqual(['after 0 resets', 'after 1 resets']);
  await run(caseGiving({ end: 'crashes' }));
  await run(caseGiving(done));
  expect(bench.network.joined.length).toBeGreaterThan(2);
  expect(bench.network.joined.at(-1)).toBe(`after ${bench.resets.length} resets`);
});

test('a case in which the board resets each time is a crash of the firmware', async () => {
  expect(await outcome(caseGiving(reset))).toMatchObject({ error: null, observed: [{ end: 'crashes' }] });
});

const done = { end: 'completes' };
const failed = { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: -28_800 } };
const baseline = new Map<string, unknown>([['x/case', done]]);

test('a case that fails now and then is run five times on a board that was reset, and told as often as it did', async () => {
  const item = caseGiving(failed, done, done, done, done);
  const { error, observed, resets, state } = await outcome(item, newRunState(), baseline);
  expect(item.runs).toBe(5);
  expect(resets.length).toBe(1);
  expect(observed).toEqual([
    {
      intermittent: [
        { times: 4, value: done },
        { times: 1, value: failed },
      ],
    },
  ]);
  expect(error).toMatchObject({
    name: 'AssertionError',
    message: 'intermittent: 4 of 5 completes; 1 of 5 OSError -28800 in wrap',
  });
  expect(state.repeats.steady).toBe(0);
});

test('an outcome that comes only once the case is repeated counts, too', async () => {
  const { error, observed } = await outcome(caseGiving(failed, failed, done, failed, failed), newRunState(), baseline);
  expect(observed).toEqual([
    {
      intermittent: [
        { times: 4, value: failed },
        { times: 1, value: done },
      ],
    },
  ]);
  expect(error?.message).toContain('1 of 5 completes');
});

test('a case that fails each time is run three times and is no accident', async () => {
  const item = caseGiving(failed);
  const { error, observed, state } = await outcome(item, newRunState(), baseline);
  expect(item.runs).toBe(3);
  expect(observed).toEqual([failed]);
  // The claims and the comparison with the baseline tell it.
  expect(error).toBeNull();
  expect(state.repeats.steady).toBe(1);
});

test('a firmware with which everything is otherwise is not asked everything three times', async () => {
  const state = newRunState();
  const runs: number[] = [];
  for (let i = 0; i < 45; i += 1) {
    const item = caseGiving(failed);
    await outcome(item, state, baseline);
    runs.push(item.runs);
  }
  expect(runs.filter((times) => times === 3)).toHaveLength(40);
  expect(runs.slice(40)).toEqual([1, 1, 1, 1, 1]);
});

test('a case that is as in the baseline, and one that nothing is known of, run once', async () => {
  for (const known of [baseline, new Map<string, unknown>(), null]) {
    const item = caseGiving(done, failed);
    expect(await outcome(item, newRunState(), known)).toMatchObject({ error: null, observed: [done] });
    expect(item.runs).toBe(1);
  }
});

test('a run that is lost between two others is no outcome; a board that crashes now and then is', async () => {
  const lostBetween = await outcome(caseGiving(failed, silence, silence, failed, done), newRunState(), baseline);
  expect(lostBetween.observed).toEqual([
    {
      intermittent: [
        { times: 2, value: failed },
        { times: 2, value: done },
      ],
    },
  ]);
  const crash = await outcome(caseGiving(reset, reset, done, done, done, done), newRunState(), baseline);
  expect(crash.observed).toEqual([
    {
      intermittent: [
        { times: 4, value: done },
        { times: 1, value: { end: 'crashes' } },
      ],
    },
  ]);
});

test('a board that resets in one run of five had an accident; in two, the firmware crashes now and then', async () => {
  const once = caseGiving(reset, done);
  expect(await outcome(once)).toMatchObject({ error: null, observed: [done] });
  expect(once.runs).toBe(6);
  const twice = await outcome(caseGiving(reset, done, done, reset, done));
  expect(twice.observed).toEqual([
    {
      intermittent: [
        { times: 5, value: done },
        { times: 2, value: { end: 'crashes' } },
      ],
    },
  ]);
  expect(twice.error?.message).toBe('intermittent: 5 of 7 completes; 2 of 7 the board crashes');
});

test('a baseline in which the case has these outcomes is as it was', async () => {
  const both = {
    intermittent: [
      { times: 1, value: failed },
      { times: 1, value: done },
    ],
  };
  const known = new Map<string, unknown>([['x/case', both]]);
  expect(await outcome(caseGiving(failed, done), newRunState(), known)).toMatchObject({
    error: null,
    observed: [failed],
  });
  const other = caseGiving({ end: 'hangs' }, done, failed);
  expect((await outcome(other, newRunState(), known)).error?.message).toContain('1 of 5 hangs');
});

test('no repeat is begun that may not end within the time of the test', async () => {
  const item = { ...caseGiving(failed), budgetMs: 0 };
  expect((await outcome(item, newRunState(), baseline)).observed).toEqual([failed]);
});

test('a case that is lost each time is skipped with its reason; above the number that may be lost it fails', async () => {
  const state = newRunState();
  for (let lost = 1; lost <= CASES_THAT_MAY_BE_LOST; lost += 1) {
    const { error, observed } = await outcome(caseGiving(silence, reset), state);
    expect(error).toBeInstanceOf(Skipped);
    expect(observed).toEqual([{ lost: 'the board reset' }]);
  }
  expect((await outcome(caseGiving(silence, reset), state)).error).toMatchObject({
    code: 'CASE_LOST',
    message: 'lost: the board reset. 6 cases were lost so far; up to 5 may be lost',
  });
});

test('cases that do not fit into a fresh board have a limit of their own', async () => {
  const state = newRunState();
  for (let unfit = 1; unfit <= CASES_THAT_MAY_NOT_FIT; unfit += 1) {
    const { error, observed } = await outcome(caseGiving(noMemory), state);
    expect(error).toBeInstanceOf(Skipped);
    expect(observed).toEqual([beyond]);
  }
  expect((await outcome(caseGiving(silence, reset), state)).error).toBeInstanceOf(Skipped);
  expect((await outcome(caseGiving(noMemory), state)).error).toMatchObject({
    code: 'CASE_LOST',
    message:
      'lost: out of memory on a fresh board. 25 cases were lost so far; up to 24 may need more memory than a fresh board has',
  });
});

test('memory that a socket lacks is memory: ENOMEM and ENOBUFS out of a program lose the case', async () => {
  // The last is ENOBUFS of a port with numbers of its own.
  for (const [errno, errnoName] of [
    [12, 'ENOMEM'],
    [105, 'ENOBUFS'],
    [55, 'ENOBUFS'],
  ] as const) {
    const error = raised({ type: 'OSError', args: [errno], errno, errnoName });
    expect((await outcome(caseGiving(error, done))).observed, errnoName).toEqual([done]);
  }
});

test('a case that does not fit into the memory of a board that was just reset says so; a soft reset is no fresh board', async () => {
  const { observed } = await outcome(caseGiving({ lost: 'out of memory', detail: 'in wrap' }));
  expect(observed).toEqual([{ ...beyond, detail: 'in wrap' }]);
  const onSoftReset = await outcome(caseGiving(noMemory), newRunState(), null, null, benchOf({ chip: false }));
  expect(onSoftReset.observed).toEqual([{ lost: 'out of memory' }]);
  expect(onSoftReset.resets).toEqual(['run', 'soft']);
});

test('what the baseline knows not to fit is no loss of this run; what it knows to fit is', async () => {
  const state = newRunState();
  const known = new Map<string, unknown>([['x/case', { ...beyond, detail: 'elsewhere' }]]);
  for (let run = 0; run <= CASES_THAT_MAY_BE_LOST; run += 1) {
    const { error } = await outcome(caseGiving(noMemory), state, known);
    expect(error).toEqual(new Skipped('lost: out of memory on a fresh board'));
  }
  expect(state.lost).toEqual([]);
  await outcome(caseGiving(noMemory), state, baseline);
  expect(state.lost).toEqual([beyond.lost]);
});

const notJoined = new NetworkError('WIFI_REFUSED', 'It was still connecting.');

test.for([
  { name: 'stopped answering', error: silence, says: 'did not answer', note: 'the board stopped answering' },
  { name: 'has no network', error: notJoined, says: 'had no network', note: 'the board had no network any more' },
])('a board that $name ends the run: one case fails, the others are not asked', async ({ error: loss, says, note }) => {
  const state = newRunState();
  for (let lost = 1; lost < 5; lost += 1) {
    await outcome(caseGiving(loss), state);
    // Cases that cannot be asked lie between those that can.
    await outcome(caseGiving({ unavailable: 'no TLS 1.3' }), state);
  }
  expect((await outcome(caseGiving(loss), state)).error).toMatchObject({
    code: 'BOARD_GONE',
    message: expect.stringContaining(`The board ${says} in 5 cases in a row`),
  });
  const next = caseGiving({ end: 'completes' });
  const { error, observed } = await outcome(next, state);
  expect(error?.message).toBe(`not asked: ${note}`);
  expect(observed).toEqual([]);
  expect(next.runs).toBe(0);
});

test('an answer between two silences starts the count again', async () => {
  const state = newRunState();
  for (let silent = 1; silent < 5; silent += 1) await outcome(caseGiving(silence), state);
  await outcome(caseGiving({ end: 'completes' }), state);
  for (let silent = 1; silent < 5; silent += 1) await outcome(caseGiving(silence), state);
  expect(state.lossesInARow.gone).toBeNull();
});

const times = (count: number, untilOther = false): Repeat => ({ times: count, untilOther });

test('--count: a case that shows the same each time is run so often, and passes with its plain value', async () => {
  const item = caseGiving('a');
  const { error, observed } = await outcome(item, undefined, null, times(7));
  expect({ error, observed, runs: item.runs }).toEqual({ error: null, observed: ['a'], runs: 7 });
});

test('--count: one that does not fails with what it showed how often, whichever came first', async () => {
  for (const answers of [
    ['a', 'a', 'b', 'a'],
    ['b', 'a', 'a', 'a'],
  ]) {
    const item = caseGiving(...answers);
    const { error, observed } = await outcome(item, undefined, null, times(4));
    expect(error?.message).toContain('3 of 4 a; 1 of 4 b');
    expect(observed).toEqual([
      {
        intermittent: [
          { times: 3, value: 'a' },
          { times: 1, value: 'b' },
        ],
      },
    ]);
    expect(item.runs).toBe(4);
  }
});

test('--until-fail: a case is run until it shows something else, and no more', async () => {
  const item = caseGiving('a', 'a', 'a', 'b');
  const { error } = await outcome(item, undefined, null, times(100, true));
  expect(error?.message).toContain('3 of 4 a; 1 of 4 b');
  expect(item.runs).toBe(4);
});

test('--count=1 asks once, also what is suspicious; what cannot be asked is asked once', async () => {
  const once = caseGiving('b', 'a');
  const { error } = await outcome(once, undefined, new Map([['x/case', 'a']]), times(1));
  expect({ error, runs: once.runs }).toEqual({ error: null, runs: 1 });
  const never = caseGiving({ unavailable: 'no such thing' });
  await outcome(never, undefined, null, times(5));
  expect(never.runs).toBe(1);
});
