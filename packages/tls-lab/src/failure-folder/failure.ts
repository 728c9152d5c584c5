import type { BoardIdentity } from '@wirewrap/repl-driver';
import type { Handshake } from '../handshake.ts';

/** Everything that a failed test leaves behind. */
export interface Failure {
  /** The test's file and full name; makes the folder's name. */
  readonly name: string;
  readonly handshakes: readonly Handshake[];
  /** What `SerialLog.since` gave; may be empty. */
  readonly serialLog: string;
  /** Messages of the test's errors. */
  readonly errors: readonly string[];
  readonly board: BoardIdentity | null;
}

/** A file of the folder; `secret` ones are readable by their owner alone. */
export interface FailureFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly secret?: boolean;
}

/** One handshake lies in the folder itself, several lie in numbered folders. */
export function prefix({ handshakes }: Pick<Failure, 'handshakes'>, index: number): string {
  return handshakes.length === 1 ? '' : `handshake-${index + 1}/`;
}
