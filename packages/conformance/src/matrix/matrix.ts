/** One run record as a column. */
export interface MatrixColumn {
  /** Short and unique, such as `esp32 1.26.1`. */
  readonly name: string;
  readonly version: string;
  /** `sys.platform`: `esp32`, `linux`. */
  readonly platform: string;
  /** What the board calls its machine, chip included. */
  readonly machine: string;
  /** The TLS library that answered, such as `3.6.3`; null where the firmware does not say. */
  readonly library: string | null;
  readonly build: string;
  /** JA3 of the ClientHello with default arguments, 32 hex digits; null where the record does not hold it. */
  readonly ja3: string | null;
  /** JA4 of the same ClientHello. */
  readonly ja4: string | null;
  /** Whether a real board (or an emulated chip) ran, not the virtual board. */
  readonly hardware: boolean;
  /** Why this record says less than a whole run of today: cases that it lacks or lost. */
  readonly notes: readonly string[];
}

/** How a cell is read by somebody who wants to be safe. */
export type MatrixMark = 'good' | 'bad' | 'neutral' | 'unknown';

/** What one firmware showed of one row. */
export interface MatrixCell {
  readonly mark: MatrixMark;
  /** A word or two, such as `deviates` or `refuses`. */
  readonly word: string;
  /** What was observed, in a sentence. */
  readonly observed: string;
  /** The case that shows it; null where no case of the record does. */
  readonly case: string | null;
}

/** What a row of the matrix is. */
export type MatrixKind = 'finding' | 'claim' | 'certificate' | 'fault';

/** One finding, claim or case, firmware by firmware. */
export interface MatrixRow {
  readonly kind: MatrixKind;
  readonly id: string;
  readonly title: string;
  /** One a column, in the columns' order. */
  readonly cells: readonly MatrixCell[];
  /** Since when and until when, in words; empty where all firmwares agree. */
  readonly history: string;
}

/** What changed from one firmware of a platform to the next one of it. */
export interface MatrixStep {
  readonly before: string;
  readonly after: string;
  /** Cases whose behaviour differs, of those that both records hold. */
  readonly changed: readonly string[];
  readonly same: number;
}

/** Run records side by side. */
export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
  readonly steps: readonly MatrixStep[];
  /** Version ranges of findings that a record contradicts, a sentence each. */
  readonly contradictions: readonly string[];
}
