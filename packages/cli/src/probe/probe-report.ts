import type { Fingerprints } from '@wirewrap/tls-lab';
import type { Grade } from './judge/judgement.ts';

/** One measured kind of handshake, as the board's own clock and heap saw it. */
export interface HandshakeCost {
  /** Median milliseconds of `wrap_socket`; null when the handshake did not complete. */
  readonly ms: number | null;
  /** Median bytes of Python's heap that the open connection held; null where the board does not tell. */
  readonly heapBytes: number | null;
  /** The same of ESP-IDF's heap, where Mbed TLS has its buffers from 1.21 on; null without one. */
  readonly idfHeapBytes: number | null;
}

/** What the board can do in one role. Names are IANA's. */
export interface RoleReport {
  /** Versions with which a handshake completed. */
  readonly versions: readonly string[];
  /** Client: as offered. Server: as chosen, the preferred one first, TLS 1.2 with both kinds of key. */
  readonly cipherSuites: readonly string[];
  readonly groups: readonly string[];
  readonly signatureAlgorithms: readonly string[];
  readonly serverNameIndication: boolean | null;
  readonly alpn: readonly string[] | null;
  /** Numbers of the extensions that the ClientHello holds, in its order; a client's only. */
  readonly extensions?: readonly number[];
  /** JA3 and JA4 of the ClientHello; a client's only, null when none was seen. */
  readonly fingerprints?: Fingerprints | null;
  readonly sessionTickets: boolean;
  /** Largest record that the board took, bytes of plain text; null when even the smallest failed. */
  readonly largestRecordRead: number | null;
  readonly costs: { readonly rsa2048: HandshakeCost; readonly p256: HandshakeCost };
}

/** What a client accepts: names of certificate profiles that completed. */
export interface ValidationReport {
  readonly byDefault: readonly string[];
  readonly withCertRequired: readonly string[];
  /** Null when the firmware has no CERT_REQUIRED or no keyword for a trust anchor. */
  readonly certRequired: boolean;
}

/** `wirewrap probe --json`. */
export interface ProbeReport {
  readonly schema: 'wirewrap.probe/1';
  readonly board: {
    readonly url: string;
    readonly machine: string;
    readonly version: string;
    readonly build: string;
    /** Files on the board that were tested in place of the firmware's module; left out where there are none. */
    readonly sslFiles?: readonly string[];
  };
  readonly client: RoleReport & { readonly accepts: ValidationReport };
  /** Null when this host could not reach the board's server. */
  readonly server: RoleReport | null;
  /** Every version, suite, group, signature, extension and certificate with its mark, the worst first. */
  readonly judgements: readonly Grade[];
}
