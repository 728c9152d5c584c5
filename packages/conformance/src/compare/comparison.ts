/** A case whose value differs, or that one record lacks. */
export interface ObservationChange {
  readonly case: string;
  /** `intermittent`: it showed several outcomes in one of the runs, also where the baseline's was among them. */
  readonly change: 'changed' | 'appeared' | 'vanished' | 'intermittent';
  /** Undefined when it appeared. */
  readonly before?: unknown;
  /** Undefined when it vanished. */
  readonly after?: unknown;
}

/** A case that says nothing about the firmware in one of the runs: the host, the way or the board's state was in between. */
export interface NotCompared {
  readonly case: string;
  readonly reason: string;
}

/** A measurement whose medians lie apart. */
export interface MeasurementChange {
  readonly name: string;
  readonly unit: string;
  /** Cases that both runs measured. */
  readonly cases: number;
  /** Median over the cases of after / before; null where most had nothing before. */
  readonly ratio: number | null;
  /** Median over the cases of after - before, in the unit. */
  readonly shift: number;
  /** Probability of a shift like this by chance (two-sided Wilcoxon signed-rank test, normal approximation). */
  readonly p: number;
}

/** A claim whose verdict differs between two records. */
export interface VerdictChange {
  readonly id: string;
  readonly statement: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The TLS libraries that really ran in two runs, where they are not the same. */
export interface LibraryChange {
  readonly before: string;
  readonly after: string;
}

/** What differs between two run records. */
export interface Comparison {
  readonly before: string;
  readonly after: string;
  /** Said before the differences: behaviour follows the library that ran. Null: the same one, or unknown. */
  readonly library: LibraryChange | null;
  /** Behaviour: any entry here is a change. */
  readonly observations: readonly ObservationChange[];
  /** What the host, the way to the board or a loss took away, in either run: no behaviour of the firmware. */
  readonly notCompared: readonly NotCompared[];
  /** What the changes mean for the claims. */
  readonly verdicts: readonly VerdictChange[];
  /** Apart from behaviour; significant ones only. */
  readonly measurements: readonly MeasurementChange[];
  readonly same: number;
  /** True when an observation changed, appeared or vanished. */
  readonly changed: boolean;
}
