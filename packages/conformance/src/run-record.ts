import type { BoardIdentity } from '@wirewrap/repl-driver';
import type { Fingerprints, Footprint } from '@wirewrap/tls-lab';
import type { Capabilities, ClaimSource, Observation, Verdict } from './claim/claim.ts';
import type { LossReason } from './observation/not-observed.ts';
import type { TimeParts } from './profile/time-parts.ts';

/** The schema that a run record names. */
export const RUN_RECORD_SCHEMA = 'wirewrap.run-record/2';

/** Why a claim has no verdict of `conforms`, `deviates` or `intermittent`. */
export type Unjudged =
  /** The statement speaks of other versions. */
  | 'other-firmware'
  /** The firmware or the host lacks what a case needs. */
  | 'not-possible'
  /** The run did not ask every case of it. */
  | 'not-asked'
  /** A case was asked and has no observation. */
  | 'not-run'
  /** A case was lost to the board, its memory or the way to it. */
  | 'lost';

/** One claim in the light of one run. */
export interface ClaimResult {
  readonly id: string;
  readonly source: ClaimSource;
  readonly role: string;
  readonly statement: string;
  readonly verdict: Verdict;
  /** The observed fact in one sentence. */
  readonly observed: string;
  /** With `not-applicable` and `inconclusive`. */
  readonly because?: Unjudged;
  readonly knownDeviation?: string;
}

/** A number that a case measured; it is never judged. */
export interface Measurement {
  readonly case: string;
  readonly name: string;
  readonly unit: 'ms' | 'bytes' | 'count';
  readonly value: number;
}

/** A case that was asked and lost, with the reason. */
export interface LostCase {
  readonly case: string;
  readonly reason: LossReason;
}

/** Where the time of a run went (`--profile`). It says nothing of the firmware, and no two runs have the same. */
export interface RunProfile extends TimeParts {
  /** From the start of the test runner to its last test. Of it `hostMs` holds what no other part does. */
  readonly totalMs: number;
  /** Part of `hostMs`: before the first test and after the last one. */
  readonly outsideMs: number;
  /** Bytes on the serial line, both ways. */
  readonly lineBytes: number;
  /** Cases that ran. */
  readonly cases: number;
  /** The cases that took longest, the longest first. */
  readonly slowest: readonly CaseTimes[];
}

/** Where the time of one case went. */
export interface CaseTimes extends TimeParts {
  readonly case: string;
}

/** One of several boards that shared the cases of a run (`--split`). */
export interface SharingBoard {
  readonly label: string;
  /** Cases that it answered. */
  readonly cases: number;
  /** Why it stopped answering; the others took its cases. */
  readonly gone?: string;
}

/** What one run was asked, and what became of it. The cases that were asked are the observed ones and `notRun`. */
export interface RunScope {
  /** When it began, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** What was asked, as a user types it (`--claim=book/pem`, `-t …`, names of files); null: every case. */
  readonly filter: string | null;
  /** Cases that the suites had when the run was made. */
  readonly total: number;
  /** Whether every case was asked and came to its end. Only a whole run becomes `results/latest.json` or a baseline. */
  readonly whole: boolean;
  /** Whether somebody ended it (Ctrl-C). */
  readonly interrupted: boolean;
  /** Seed of the order in which the cases ran (`--shuffle`); absent where they ran in that of the suites. */
  readonly shuffle?: number;
  /** How often each case was run at most (`--count`); absent: once, and again where it was suspicious. */
  readonly count?: number;
  /** How many copies of a virtual board asked the suites side by side; absent: one board, one suite after the other. */
  readonly copies?: number;
  /** Absent where one board was asked all cases. */
  readonly boards?: readonly SharingBoard[];
  /** Absent where it was not asked for. */
  readonly profile?: RunProfile;
  /**
   * What the harness itself takes of the board's heap: what is free without it, with its agent, and ready for a case. Measured once,
   * on the first of several boards; absent where the board does not tell. It is never compared.
   */
  readonly harness?: Footprint;
  /** Cases that were asked and have no observation: the run ended before, or the test itself failed. */
  readonly notRun: readonly string[];
  readonly lost: readonly LostCase[];
}

/** What servers and firewalls may know the firmware's TLS client by. */
export interface BoardFingerprints extends Fingerprints {
  /** The case whose ClientHello it is. */
  readonly case: string;
}

/**
 * Who the board said that it is, and what its firmware can do. `run-record.schema.json` says which fields every record has; a
 * reader of a file takes each of them as missing, and others that a later version adds as they are.
 */
export interface RecordedBoard extends Readonly<Record<string, unknown>>, Partial<Omit<BoardIdentity, 'freeHeap'>> {
  /** The board's URL. Like `uniqueId` absent in a baseline: it speaks of a firmware, whichever board ran it. */
  readonly url?: string;
  readonly capabilities?: Partial<Capabilities>;
  /** Absent where the run did not ask the case that shows it. */
  readonly fingerprints?: BoardFingerprints;
}

/** Everything that one run showed about one board: `results/BOARD/TIME.json`. */
export interface RunRecord {
  /** `wirewrap.run-record/2`. */
  readonly schema: string;
  readonly board: RecordedBoard;
  /** Absent in a baseline, which is a whole run with nothing lost. */
  readonly run?: RunScope;
  readonly claims: readonly ClaimResult[];
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
}
