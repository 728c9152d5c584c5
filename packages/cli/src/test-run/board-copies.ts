import { availableParallelism } from 'node:os';
import type { BoardSettings } from '@wirewrap/boards';
import { type CaseSelection, selectCases } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import type { VitestArguments } from './vitest-arguments.ts';

/** The longest suite takes a third of a whole run on a virtual board: more copies than that would wait for it. */
const MOST_COPIES = 3;

/** Fewer cases are asked before a second copy has started. */
const FEWEST_CASES = 200;

/** Options that are about one board: the order of its cases, its line, its time. */
const OF_ONE_BOARD = ['serial', 'profile'] as const;

/**
 * How many copies of a virtual board ask the suites of a run side by side; `cores` of the machine, default those of this one. It
 * costs nothing to start, and much of a run is waiting. Any other board, and a run that is about the order of the cases or
 * about one board's time, is asked one suite after the other.
 */
export function copiesFor(
  boards: readonly BoardSettings[],
  selection: CaseSelection,
  { values, options }: Pick<CommandContext, 'values'> & Pick<VitestArguments, 'options'>,
  cores: number = availableParallelism(),
): number {
  const { shuffle, count, untilFail } = selection;
  const [board] = boards;
  if (boards.length !== 1 || board?.scheme !== 'virtual') return 1;
  if (shuffle !== undefined || count !== undefined || untilFail === true) return 1;
  if (OF_ONE_BOARD.some((name) => values[name] === true)) return 1;
  // Under another root there are other tests. Who bounds vitest's workers, or ends the run at a failure, wants one test after the other.
  if (
    options.root !== undefined ||
    options.maxWorkers !== undefined ||
    options.bail !== undefined ||
    options.fileParallelism === false
  )
    return 1;
  if (options.testNamePattern !== undefined || selectCases(selection).length < FEWEST_CASES) return 1;
  return cores === 1 ? 2 : MOST_COPIES;
}
