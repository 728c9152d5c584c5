import { isIntermittent, readBaseline, readRunRecord, suspicionOf } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { shellWord } from '../report/shell-word.ts';

/** A run in the order of a seed. */
export interface ShuffledRun {
  /** Path of its record. */
  readonly record: string;
  readonly seed: number;
  /** The board as it is named on a command line. */
  readonly board: string;
  readonly baseline: string | undefined;
}

/** Options that say what else was asked; `wirewrap order` has them, too. */
const SELECTING = ['suite', 'quick', 'claim', 'finding', 'case'] as const;

/**
 * A line with the command that tells whether the order is why a case ended as it should not; null where every case of the run
 * is as claimed, as in the baseline, and the same each time.
 */
export async function orderHint(run: ShuffledRun, values: CommandContext['values']): Promise<string | null> {
  const { observations, board } = await readRunRecord(run.record);
  const reviewed = run.baseline === undefined ? null : await readBaseline(run.baseline);
  const was = reviewed && new Map(reviewed.observations.map((item) => [item.case, item.value]));
  const isSuspicious = suspicionOf(board.capabilities as Parameters<typeof suspicionOf>[0], was);
  const ended = observations.filter((item) => isIntermittent(item.value) || isSuspicious(item.case, item.value));
  const [first, ...others] = ended;
  if (first === undefined) return null;
  const baseline = run.baseline === undefined ? [] : [['baseline', run.baseline] as const];
  const words = [
    first.case,
    `--shuffle=${run.seed}`,
    ...[...SELECTING.map((name) => [name, values[name]] as const), ['board', run.board] as const, ...baseline].flatMap(
      ([name, value]) => option(name, value),
    ),
  ];
  const more = others.length === 0 ? '' : ` (and ${others.length} other cases)`;
  return `Whether the order did it: wirewrap order ${words.join(' ')}${more}\n`;
}

function option(name: string, value: CommandContext['values'][string]): string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [`--${name}`];
  return [value].flat().map((text) => `--${name}=${shellWord(String(text))}`);
}
