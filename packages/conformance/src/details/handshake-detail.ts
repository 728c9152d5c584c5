import type { Alert, CloseSeen, Negotiated, RecordSeen, Sender, Transcript } from '@wirewrap/tls-lab';
import type { CertificateDetail } from './certificate-detail.ts';

/** One step of the board after the handshake, with its time. */
export interface StepDetail {
  readonly step: string;
  /** JSON; bytes as `{ bytes: hex, text?, length }`. */
  readonly value: unknown;
  readonly error: {
    readonly type: string;
    readonly args: readonly unknown[];
    readonly errnoName: string | null;
  } | null;
  /** Milliseconds on the board's clock. */
  readonly ms: number;
}

interface Timed {
  /** Milliseconds since the TCP connection stood. */
  readonly atMs: number;
}

type Named = { readonly number: number; readonly name: string };

/** What went over the wire in one connection, as the page shows it. */
export interface WireDetail {
  readonly closedAtMs: number | null;
  readonly clientHello: {
    readonly sender: Sender;
    readonly versions: readonly string[];
    readonly cipherSuites: readonly Named[];
    readonly groups: readonly Named[];
    readonly signatureAlgorithms: readonly Named[];
    readonly extensions: readonly number[];
    readonly serverName: string | null;
    readonly alpn: readonly string[];
    readonly bytes: number;
    /** JA3 and JA4 of the board's hello; null for the host's, for DTLS, and for one that a fault broke. */
    readonly fingerprints: { readonly ja3: string; readonly ja4: string } | null;
  } | null;
  readonly negotiated: Negotiated | null;
  readonly handshakeCompleted: boolean;
  readonly clientCertificateRequested: boolean;
  readonly records: readonly (Omit<RecordSeen, 'atMs'> & Timed)[];
  readonly messages: readonly ({
    readonly sender: Sender;
    readonly name: string;
    readonly length: number;
    readonly encrypted: boolean;
  } & Timed)[];
  readonly alerts: readonly (Omit<Alert, 'atMs'> & Timed)[];
  readonly close: CloseSeen;
  readonly bytes: Transcript['bytes'];
  readonly timings: Transcript['timings'];
  readonly peerError: Transcript['peerError'];
  readonly boardCertificates: readonly CertificateDetail[];
  readonly peerCertificates: readonly CertificateDetail[];
  readonly received: unknown;
}

/** One handshake as JSON: everything that a person wants to see, and no secret. */
export interface HandshakeDetail {
  readonly role: 'client' | 'server';
  /** What was to be presented, by name; null when no certificate was chosen. */
  readonly certificate: { readonly profile: string; readonly host: string; readonly by: Sender } | null;
  readonly board: {
    readonly completed: boolean;
    readonly wrap: StepDetail;
    readonly steps: readonly StepDetail[];
    readonly error: StepDetail['error'];
    readonly wrapMs: number;
    readonly heapBefore: number | null;
    readonly heapAfter: number | null;
    readonly crash: string | null;
    /** The board's end as a Python program for readers; absent in details of older runs. */
    readonly program?: string;
  };
  /** Null when no connection came about. */
  readonly wire: WireDetail | null;
  readonly story: string;
}
