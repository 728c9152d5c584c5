import { hostClock } from '@wirewrap/repl-driver/basics';
import type { Comparison } from '../compare/comparison.ts';
import type { RunVerdict } from '../report/run-verdict.ts';
import type { RunRecord } from '../run-record.ts';

/** Where the record of a run goes, and what it is compared with. */
export interface RunRecordReporterOptions {
  /** Folder of the records: `FOLDER/LABEL/TIME.json`, with `latest.json` for the newest whole run. Default `results`. */
  readonly folder?: string;
  /** The board's short name. Default `board`. */
  readonly label?: string;
  /**
   * One file for the record instead. A run that is not whole does not replace a whole one there: its file gets the time into
   * its name.
   */
  readonly output?: string;
  /** Path of a reviewed RunRecord: one more test a suite compares with it. */
  readonly baseline?: string;
  /** Where the end of the run is reported. Default the process's standard output. */
  readonly stdout?: { write(text: string): unknown };
  /** Columns of the terminal. Default 100. */
  readonly columns?: number;
  /** Default: whether `stdout` is a terminal that shows them. */
  readonly colours?: boolean;
  /** Tell every statement and finding in full. Default false. */
  readonly verbose?: boolean;
  /** Path of the page of this run, told at the end. */
  readonly page?: string;
  /** Tell and record where the time went. Default false. */
  readonly profile?: boolean;
  /** The time. Default the system's. */
  readonly now?: () => Date;
}

export const reporterDefaults = { folder: 'results', label: 'board', now: (): Date => hostClock.date() } as const;

/** What the reporter found, for who embeds it. */
export interface RunOutcome extends RunVerdict {
  readonly record: RunRecord;
  /** Where it was written. */
  readonly path: string;
  readonly comparison: Comparison | null;
}
