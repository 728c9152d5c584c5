import { acquireSession, configuredBoard } from '@wirewrap/boards';
import type { Pki } from '@wirewrap/certgen';
import {
  ALL_CASES,
  type AskedCases,
  askCases,
  boardFacts,
  buildRunRecord,
  CLAIMS,
  compareRuns,
  type RunRecord,
} from '@wirewrap/conformance';
import type { Mutant } from './mutant.ts';
import { mutatedBoard } from './mutated-board.ts';
import { matches, type Outcome, outcomeOf, type Seen } from './outcome.ts';

export interface MutantBench {
  readonly pki: Pki;
  /** The real interpreter. */
  readonly engine: string;
  /** What the firmware does without any change. */
  readonly baseline: RunRecord;
  /** Every case, and not only those that can see the mutant. */
  readonly whole: boolean;
}

/** Milliseconds for the cases of one mutant; a board that answers nothing takes its time in each. */
const MUTANT_MS = 240_000;

const NOTHING: AskedCases = { observations: [], measurements: [], failed: [] };

/** The firmware as it is, asked the same: what is told of it is a false alarm. */
export function unchanged(cases: readonly string[]): Mutant {
  return { name: 'unchanged', kind: 'line', does: 'nothing', change: [], cases, named: [] };
}

const isUnchanged = ({ change }: Mutant): boolean => Array.isArray(change) && change.length === 0;

export function casesOf({ cases }: Pick<Mutant, 'cases'>, whole: boolean): string[] {
  return ALL_CASES.map(({ id }) => id).filter((id) => whole || cases.some((glob) => matches(glob, id)));
}

async function withMicroPython<T>(executable: string, run: () => Promise<T>): Promise<T> {
  const before = process.env.WIREWRAP_MICROPYTHON;
  process.env.WIREWRAP_MICROPYTHON = executable;
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env.WIREWRAP_MICROPYTHON;
    else process.env.WIREWRAP_MICROPYTHON = before;
  }
}

/** Asks a virtual board with this mutant in it, and says what a run of the suites would have said. */
export async function runMutant(mutant: Mutant, bench: MutantBench): Promise<Outcome> {
  await using board = await mutatedBoard(bench.engine, isUnchanged(mutant) ? null : mutant);
  const ids = casesOf(mutant, bench.whole);
  const started = performance.now();
  const seen = await withMicroPython(board.executable, () => ask(ids, bench));
  const triggered = isUnchanged(mutant) || (await board.hits()) > 0;
  return outcomeOf(mutant, { ...seen, triggered, cases: ids.length, ms: performance.now() - started });
}

async function ask(
  ids: readonly string[],
  { pki, baseline }: MutantBench,
): Promise<Omit<Seen, 'triggered' | 'cases' | 'ms'>> {
  const failed = (error: unknown) => ({
    asked: NOTHING,
    record: null,
    comparison: null,
    baseline,
    error: error as Error,
  });
  let session: Awaited<ReturnType<typeof acquireSession>>;
  try {
    session = await acquireSession(configuredBoard({ url: 'virtual' }, process.env));
  } catch (error) {
    return failed(error);
  }
  try {
    const { board, capabilities } = await boardFacts(session.board, session.url);
    await session.endpoint.ready();
    const asked = await askCases(session, ids, {
      pki,
      baseline: new Map(baseline.observations.map((item) => [item.case, item.value])),
      signal: AbortSignal.timeout(MUTANT_MS),
    });
    const record = buildRunRecord({
      board,
      capabilities,
      claims: CLAIMS,
      observations: asked.observations,
      measurements: asked.measurements,
    });
    return { asked, record, comparison: compareRuns(baseline, record, { common: true }), baseline, error: null };
  } catch (error) {
    return failed(error);
  } finally {
    await session.release().catch(() => {});
  }
}
