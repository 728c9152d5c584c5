import type { Pattern } from './pattern.ts';

/** Where a statement stands. `advisory`: a security advisory of the TLS library; `rfc`: the RFC that it names. */
export type ClaimSource = 'book' | 'documentation' | 'advisory' | 'rfc';

/** A claim against what its cases showed; `intermittent`: it holds in some runs of a case and not in others. */
export type Verdict = 'conforms' | 'deviates' | 'intermittent' | 'not-applicable' | 'inconclusive';

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
  /** Keywords that `SSLContext.wrap_socket` accepts; empty without the class. */
  readonly contextKeywords: readonly string[];
  /** Integer constants of the module, such as `CERT_NONE`. */
  readonly constants: readonly string[];
  /** Methods of the wrapped object. */
  readonly methods: readonly string[];
  /** Methods and attributes of `ssl.SSLContext`; empty without the class. */
  readonly contextMethods: readonly string[];
  /** Methods and attributes of `tls.SSLContext`; empty without the module. */
  readonly tlsContextMethods: readonly string[];
  /** `ssl.MBEDTLS_VERSION` as the module shows it, such as `Mbed TLS 3.6.3`; null without one. */
  readonly mbedtlsVersion: string | null;
  /** The engine that really answers, `3.6.3`; differs from `mbedtlsVersion` only on a virtual board that shows an old shape. */
  readonly engine: string | null;
  /** PEM is parsed, not DER alone. */
  readonly pem: boolean;
  /** `str` given as key is a file's name; false: it is the data; null: not found out. */
  readonly fileNames: boolean | null;
  /** `wrap_socket` takes its options by position too. */
  readonly positional: boolean;
  /** So does `SSLContext.wrap_socket`. */
  readonly contextPositional: boolean;
  /** False: the clock says a year before 2020, so that no certificate is valid yet. */
  readonly clockSet: boolean;
  /** `sys.platform`. */
  readonly platform: string;
  /** `sys.implementation.version`, for the record only: nothing is decided by it. */
  readonly version: string;
  /** True on a real board and in an emulator, false on the virtual board. */
  readonly hardware: boolean;
  /** The module shape that a virtual board presents, such as `1.20`; null when it shows its own. */
  readonly shape: string | null;
}

/**
 * A deviation that is known, with its reason; it keeps the run green. It excuses what it says and nothing else: every case
 * against the claim must show `observed`, on a firmware that it speaks of.
 */
export interface KnownDeviation {
  readonly when: (capabilities: Capabilities) => boolean;
  /** What a case shows where the deviation holds. */
  readonly observed: Pattern;
  /** MicroPython versions that have it, e.g. `>=1.20 <1.22`. Default `*`. */
  readonly firmware?: string;
  /** Values of `sys.platform` that have it. Default: all. */
  readonly platforms?: readonly string[];
  readonly reason: string;
}

/** One documented statement. */
export interface Claim {
  readonly id: string;
  readonly source: ClaimSource;
  readonly role: 'client' | 'server' | 'both' | 'module';
  /** Statements of different sources about one thing share a topic; the table is grouped by it. */
  readonly topic: string;
  /** The statement in our words. */
  readonly statement: string;
  /** MicroPython versions that the statement speaks of, e.g. `>=1.20`. */
  readonly firmware: string;
  /** Ids of the cases that observe it. */
  readonly cases: readonly string[];
  /** What each case must have shown for the statement to hold. */
  readonly expects: Readonly<Record<string, Pattern>>;
  /** Whether every case must show it (the default) or one is enough. */
  readonly needs?: 'every' | 'some';
  /** A reason why the statement cannot be judged on this board, or null. */
  readonly unless?: (capabilities: Capabilities) => string | null;
  readonly deviations: readonly KnownDeviation[];
}
