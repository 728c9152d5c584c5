import { MicroPythonError, ReplDriverError } from '@wirewrap/repl-driver';
import { expect, test } from 'vitest';
import type { CaseBench } from '../cases/conformance-case.ts';
import { CASES_THAT_MAY_BE_LOST } from '../record/loss-limit.ts';
import { runCaseTest } from './case-test.ts';
import { HeapWatch } from './heap-watch.ts';
import type { RunState } from './run-state.ts';

const newState = (): RunState => ({ observations: new Map(), lost: 0, silent: 0, heap: new HeapWatch() });

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

function benchOf(): { bench: CaseBench; resets: string[] } {
  const resets: string[] = [];
  const board = {
    reset: async (kind: string) => void resets.push(kind),
    // Its clock is right.
    exec: async () => `(${Math.floor(Date.now() / 1000)}, 1970)`,
  };
  return { bench: { board, can: {}, measure: () => {} } as unknown as CaseBench, resets };
}

/** What vitest's skip() does: it ends the test by throwing. */
class Skipped extends Error {}

async function outcome(item: ReturnType<typeof caseGiving>, state = newState()) {
  const { bench, resets } = benchOf();
  const observed: unknown[] = [];
  const skip = (note: string): never => {
    throw new Skipped(note);
  };
  const error = await runCaseTest(item, bench, { state, observe: (_id, value) => observed.push(value), skip }).catch(
    (cause: unknown) => cause as Error & { code?: string },
  );
  return { error: error ?? null, observed, resets, state };
}

const reset = new ReplDriverError('BOARD_RESET', 'The board reset.');
const silence = new ReplDriverError('DEADLINE', 'Waited.');
const noMemory: Error = Object.assign(Object.create(MicroPythonError.prototype), { type: 'MemoryError', args: [] });

test.for([
  { name: 'a reset', error: reset },
  { name: 'silence', error: silence },
  { name: 'no memory', error: noMemory },
])('a case that was lost once, to $name, runs again on a board that was reset', async ({ error }) => {
  const result = await outcome(caseGiving(error, { end: 'completes' }));
  expect(result).toMatchObject({ error: null, observed: [{ end: 'completes' }] });
  expect(result.resets.length).toBeGreaterThan(0);
});

test('a case in which the board resets each time is a crash of the firmware', async () => {
  expect(await outcome(caseGiving(reset))).toMatchObject({ error: null, observed: [{ end: 'crashes' }] });
});

test('a case that is lost each time is skipped with its reason; above the number that may be lost it fails', async () => {
  const state = newState();
  for (let lost = 1; lost <= CASES_THAT_MAY_BE_LOST; lost += 1) {
    const { error, observed } = await outcome(caseGiving(noMemory), state);
    expect(error).toBeInstanceOf(Skipped);
    expect(observed).toEqual([{ lost: 'out of memory' }]);
  }
  expect((await outcome(caseGiving(noMemory), state)).error).toMatchObject({ code: 'CASE_LOST' });
});

test('a board that stopped answering ends the run: one case fails, the others are not asked', async () => {
  const state = newState();
  for (let silent = 1; silent < 5; silent += 1) await outcome(caseGiving(silence), state);
  expect((await outcome(caseGiving(silence), state)).error).toMatchObject({ code: 'BOARD_GONE' });
  const next = caseGiving({ end: 'completes' });
  const { error, observed } = await outcome(next, state);
  expect(error?.message).toBe('not asked: the board stopped answering');
  expect(observed).toEqual([]);
  expect(next.runs).toBe(0);
});

test('an answer between two silences starts the count again', async () => {
  const state = newState();
  for (let silent = 1; silent < 5; silent += 1) await outcome(caseGiving(silence), state);
  await outcome(caseGiving({ end: 'completes' }), state);
  expect(state.silent).toBe(0);
});
