import type { Pki } from '@wirewrap/certgen';
import type { Board } from '@wirewrap/repl-driver';
import type { HostClock } from '@wirewrap/repl-driver/basics';
import type { BoardNetwork, TlsLab } from '@wirewrap/tls-lab';
import type { Capabilities } from '../claim/claim.ts';
import type { Unavailable } from '../observation/not-observed.ts';
import type { Measurement } from '../run-record.ts';

/** What a case has at hand. */
export interface CaseBench {
  readonly board: Board;
  readonly tls: TlsLab;
  readonly network: BoardNetwork;
  readonly pki: Pki;
  readonly can: Capabilities;
  readonly clock: HostClock;
  /** Records a number beside the behaviour. */
  measure(name: string, unit: Measurement['unit'], value: number): void;
}

/** One question to a board, as a row of a table. It observes; claims judge. */
export interface ConformanceCase {
  /** `client/required/expired`. */
  readonly id: string;
  /** The numbered case of the survey of MicroPython's sources that this one is, e.g. `13d`. */
  readonly number?: string;
  /** Why this board cannot be asked, or null; a text names what the firmware lacks. Recorded as the observation. */
  readonly unavailable?: (can: Capabilities) => Unavailable | string | null;
  /** Milliseconds that it may take, where the minute of the other cases is too short. */
  readonly budgetMs?: number;
  /** The canonical value. */
  run(bench: CaseBench): Promise<unknown>;
}
