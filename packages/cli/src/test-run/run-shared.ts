import { withPattern } from './asked-tests.ts';
import { type CheckedRun, tellEnd } from './checked-run.ts';
import { splitBoards } from './split-boards.ts';

/** `--split`: one run whose cases the boards share. The exit code. */
export async function runShared(run: CheckedRun): Promise<number> {
  const { context, boards, checked, cases, options, baseline, output, line } = run;
  const started = new Map(checked.map(({ settings }) => [settings.label, settings]));
  const outcome = await splitBoards({
    boards: boards.map((board) => started.get(board.label) ?? board),
    selection: withPattern(cases, options.testNamePattern),
    ...{ baseline, output, line, signal: context.signal },
    verbose: context.values.verbose === true,
    profile: context.values.profile === true,
  });
  const unwritten = await tellEnd(run, [outcome.record], outcome.counts);
  if (context.signal.aborted) return 130;
  if (unwritten) throw unwritten;
  return outcome.exitCode;
}
