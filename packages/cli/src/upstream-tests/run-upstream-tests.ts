import type { ForeignResult } from '@wirewrap/conformance';
import { prepareTestBoard } from './board/prepare-board.ts';
import { runTest, type TestBench, type TestRun } from './board/run-test.ts';
import { type Expectation, expectationOf } from './judge/expectation.ts';
import { judgeRun, knownTests } from './judge/judge-run.ts';
import type { UpstreamTest } from './upstream-test.ts';

/** One test that ran: its result, and what a failure can be looked into with. */
export interface UpstreamOutcome {
  readonly result: ForeignResult;
  readonly run: TestRun;
  readonly expectation: Expectation;
}

type BoardInHand = Pick<TestBench['board'], 'board' | 'network'>;

export interface UpstreamTestsOptions extends Pick<TestBench, 'patienceMs' | 'signal'> {
  readonly tests: readonly UpstreamTest[];
  /** The tests' certificates and keys, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly board: BoardInHand;
  /** The other instance of the tests between two boards; started at the first of them. */
  readonly second: () => Promise<BoardInHand>;
  readonly onOutcome: (outcome: UpstreamOutcome) => void;
}

/** Runs MicroPython's tests one after the other. A board that resets in a test costs that test. */
export async function runUpstreamTests(options: UpstreamTestsOptions): Promise<UpstreamOutcome[]> {
  const { tests, files, patienceMs, signal } = options;
  await using stack = new AsyncDisposableStack();
  const prepare = async ({ board, network }: BoardInHand) => stack.use(await prepareTestBoard(board, network, files));
  const board = await prepare(options.board);
  let second = board;
  const outcomes: UpstreamOutcome[] = [];
  for (const test of tests) {
    signal.throwIfAborted();
    if (test.instance !== null && second === board) second = await prepare(await options.second());
    const run = await runTest(test, { board, second, patienceMs, signal });
    const expectation = await expectationOf(test.path, signal);
    const outcome = { result: judgeRun(test, run, expectation, knownTests), run, expectation };
    outcomes.push(outcome);
    options.onOutcome(outcome);
  }
  return outcomes;
}
