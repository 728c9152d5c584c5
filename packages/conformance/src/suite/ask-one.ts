import { type BoardSession, callsEndWith } from '@wirewrap/boards';
import type { Pki } from '@wirewrap/certgen';
import { type HostClock, hostClock } from '@wirewrap/repl-driver/basics';
import { createTlsLab } from '@wirewrap/tls-lab';
import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import type { Capabilities } from '../claim/claim.ts';
import type { CaseDetail, FailureClass } from '../details/case-detail.ts';
import { type FailureLike, failureClassOf } from '../details/failure-class.ts';
import { toSerialLog } from '../details/secrets.ts';
import { toHandshakeDetail } from '../details/to-handshake-detail.ts';
import { isLost, isUnavailable } from '../observation/not-observed.ts';
import type { Measurement } from '../run-record.ts';
import type { Repeat } from '../selection/case-selection.ts';
import { afterCase } from './between-cases.ts';
import { problemOf } from './case-problem.ts';
import type { TestTimes } from './case-report.ts';
import { poseCase } from './pose-case.ts';
import { budgetOf } from './repeat-case.ts';
import type { RunState } from './run-state.ts';
import type { TimesOfTests } from './times-of-tests.ts';

/** A case that a board came to the end of. */
export interface CaseAnswer {
  /** In canonical form; undefined where the case failed without one. */
  readonly value?: unknown;
  readonly measurements: readonly Measurement[];
  readonly detail: CaseDetail;
  readonly times: TestTimes;
}

/** What one board is asked with. */
export interface AskBench {
  readonly session: BoardSession;
  readonly pki: Pki;
  readonly can: Capabilities;
  readonly state: RunState;
  readonly baseline: ReadonlyMap<string, unknown> | null;
  readonly times: TimesOfTests;
  readonly repeat: Repeat | null;
  /** Default: this host's. */
  readonly clock?: HostClock;
}

type Outcome = Pick<CaseDetail, 'status' | 'error' | 'failureClass' | 'skipped'>;

/** What a test of the case would have said. */
function outcomeOf(id: string, value: unknown, baseline: AskBench['baseline']): Outcome {
  if (isLost(value)) return { status: 'skipped', skipped: `lost: ${value.lost}` };
  if (isUnavailable(value)) return { status: 'skipped', skipped: value.unavailable };
  const problem = problemOf(value, baseline?.get(id));
  return problem === null ? { status: 'passed' } : { status: 'failed', error: problem, failureClass: 'firmware' };
}

function failed(error: unknown): Outcome & { readonly failureClass: FailureClass } {
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'failed', error: message, failureClass: failureClassOf(error as FailureLike) };
}

/**
 * Asks a board one case, as a test of the suites does, without a test runner. What is thrown in it becomes its failure.
 *
 * @throws BoardsError `BOARD_SILENT` or `NOT_WHOLE` when the board does not answer before the case.
 */
export async function askOne(item: ConformanceCase, bench: AskBench): Promise<CaseAnswer> {
  const { session, pki, can, state, baseline, times, repeat, clock = hostClock } = bench;
  const { board, network, endpoint, whole, serialLog } = session;
  await whole.require();
  const startedMs = clock.now();
  callsEndWith(AbortSignal.timeout(budgetOf(item, repeat)));
  const tls = createTlsLab({ board, network, pki, endpoint });
  const measurements: Measurement[] = [];
  const caseBench: CaseBench = {
    ...{ board, tls, network, pki, can },
    clock,
    measure: (name, unit, value) => void measurements.push({ case: item.id, name, unit, value }),
  };
  let value: unknown;
  let outcome: Outcome;
  try {
    value = await poseCase(item, caseBench, { state, baseline, repeat });
    outcome = outcomeOf(item.id, value, baseline);
    await afterCase(value, caseBench, state);
  } catch (error) {
    outcome = failed(error);
  } finally {
    await tls[Symbol.asyncDispose]();
    callsEndWith(undefined);
  }
  const serial = serialLog.since(startedMs);
  const detail: CaseDetail = {
    ...{ case: item.id, test: item.id, file: '', ...outcome },
    durationMs: clock.now() - startedMs,
    handshakes: tls.handshakes.map(toHandshakeDetail),
    ...(serial === '' ? {} : { serialLog: toSerialLog(serial) }),
  };
  return {
    ...(value === undefined ? {} : { value }),
    ...{ measurements, detail, times: times.take(tls.handshakes, session.times) },
  };
}
