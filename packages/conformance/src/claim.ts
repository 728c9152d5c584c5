/** Where a statement stands. */
export type ClaimSource = 'book' | 'documentation';

export type Verdict = 'conforms' | 'deviates' | 'not-applicable' | 'inconclusive';

/** One run of one case in a canonical, comparable form: no times, ports or addresses. */
export interface Observation {
  readonly case: string;
  readonly value: unknown;
}

/** What the board can do, found out at run time, that a deviation or a case depends on. */
export interface Capabilities {
  readonly module: 'ssl' | 'ussl' | 'tls' | null;
  /** Keywords that `wrap_socket` accepts. */
  readonly keywords: readonly string[];
  readonly constants: readonly string[];
  readonly methods: readonly string[];
  readonly mbedtlsVersion: string | null;
  readonly hardware: boolean;
}

/** A deviation that is known, with its reason; it keeps the run green. */
export interface KnownDeviation {
  readonly when: (capabilities: Capabilities) => boolean;
  readonly reason: string;
}

/** One documented statement. */
export interface Claim {
  readonly id: string;
  readonly source: ClaimSource;
  readonly role: 'client' | 'server' | 'both' | 'module';
  /** The statement in our words. */
  readonly statement: string;
  /** MicroPython versions that the statement speaks of, e.g. `>=1.20`. */
  readonly firmware: string;
  /** Ids of the cases that observe it. */
  readonly cases: readonly string[];
  readonly deviations: readonly KnownDeviation[];
}
