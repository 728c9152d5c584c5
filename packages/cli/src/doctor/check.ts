import type { BoardSettings } from '@wirewrap/boards';
import type { Board, BoardIdentity } from '@wirewrap/repl-driver';
import type { HostClock } from '@wirewrap/repl-driver/basics';
import type { BoardNetwork } from '@wirewrap/tls-lab';
import { CliError } from '../errors.ts';

export type Health = 'good' | 'warning' | 'bad' | 'skipped';

/** What one check found. */
export interface CheckResult {
  readonly verdict: Health;
  /** What was seen, in one line. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The rest would only repeat this one's failure. */
  readonly stop?: boolean;
}

/** What the checks share; the later fields are there once the checks before have filled them. */
export interface Examination {
  /** After the board was opened: a line, with the network that holds for it. */
  target: BoardSettings;
  readonly signal: AbortSignal;
  readonly clock: HostClock;
  /** The serial device behind the URL; null for a board on the network or one that we start. */
  readonly device: string | null;
  /** Opens what must be closed at the end. */
  readonly stack: AsyncDisposableStack;
  board: Board | null;
  identity: BoardIdentity | null;
  network: BoardNetwork | null;
}

/** One line of `wirewrap doctor`. */
export interface Check {
  readonly name: string;
  run(examination: Examination): Promise<CheckResult>;
}

export const good = (detail: string): CheckResult => ({ verdict: 'good', detail });
export const skipped = (detail: string): CheckResult => ({ verdict: 'skipped', detail });
export const warning = (detail: string, remedy: string): CheckResult => ({ verdict: 'warning', detail, remedy });
export const bad = (detail: string, remedy: string): CheckResult => ({ verdict: 'bad', detail, remedy });
/** Bad, and nothing that comes after can work. */
export const hopeless = (detail: string, remedy: string): CheckResult => ({
  verdict: 'bad',
  detail,
  remedy,
  stop: true,
});

/** The board that an earlier check opened. */
export function openedBoard({ board }: Examination): Board {
  if (!board) throw new CliError('HOST', 'This check needs the board, and no check before it opened one.');
  return board;
}
