/** What a user must know first: a security hole, a crash, or a trap. */
export interface Finding {
  readonly id: string;
  readonly severity: 'hole' | 'crash' | 'trap';
  readonly title: string;
  /** Versions that have it, as the survey of the sources and the runs found. */
  readonly versions: string;
  /** The same for real boards as a range, such as `>=1.20 <1.22`; a record of one that contradicts it fails a test. */
  readonly range: string;
  readonly advice: string;
  /** Cases that show it. */
  readonly cases: readonly string[];
  /** Whether a case's value shows it. */
  readonly shows: (value: unknown) => boolean;
}

/** A finding in the light of one run. */
export interface FindingResult extends Omit<Finding, 'shows'> {
  /** Null: no case of this run could show it. */
  readonly seen: boolean | null;
  readonly observed: string;
  /** The case that `observed` speaks of first; null where none was observed. */
  readonly case: string | null;
}
