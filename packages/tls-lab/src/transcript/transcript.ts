/** Direction of travel, named by who sent. */
export type Sender = 'board' | 'peer';

export interface Alert {
  readonly sender: Sender;
  readonly level: 'warning' | 'fatal';
  readonly number: number;
  /** IANA name, such as `unknown_ca`. */
  readonly name: string;
  readonly encrypted: boolean;
  readonly atMs: number;
}

export interface RecordSeen {
  readonly sender: Sender;
  /** Outer content type: 20 to 24. */
  readonly type: number;
  readonly typeName: string;
  /** Record version as on the wire, e.g. 0x0303. */
  readonly version: number;
  /** Fragment bytes. */
  readonly length: number;
  readonly atMs: number;
}

export interface ClientHello {
  readonly sender: Sender;
  readonly legacyVersion: number;
  /** Offered versions, newest first (`supported_versions`, else `legacyVersion`). */
  readonly versions: readonly string[];
  readonly cipherSuites: readonly { readonly number: number; readonly name: string }[];
  readonly groups: readonly { readonly number: number; readonly name: string }[];
  readonly signatureAlgorithms: readonly { readonly number: number; readonly name: string }[];
  readonly extensions: readonly number[];
  readonly serverName: string | null;
  readonly alpn: readonly string[];
  readonly raw: Uint8Array;
}

export interface Negotiated {
  /** `TLSv1.2`, `TLSv1.3`, … */
  readonly version: string;
  /** IANA name. */
  readonly cipherSuite: string;
  readonly group: string | null;
  readonly alpn: string | null;
  readonly resumed: boolean;
}

/** Who closed the connection first and how. */
export interface CloseSeen {
  readonly by: Sender | null;
  readonly how: 'close_notify' | 'fin' | 'rst' | 'open';
  /** Whether each end sent a close_notify before it closed. */
  readonly closeNotify: { readonly board: boolean; readonly peer: boolean };
}

/** What went over the wire in one connection, on one clock (`performance.now()` milliseconds). */
export interface Transcript {
  readonly connectedAtMs: number;
  readonly clientHello: ClientHello | null;
  readonly negotiated: Negotiated | null;
  readonly serverName: string | null;
  /** Certificates that the board presented (DER, leaf first); empty when none. */
  readonly boardCertificates: readonly Uint8Array[];
  readonly clientCertificateRequested: boolean;
  readonly alerts: readonly Alert[];
  readonly records: readonly RecordSeen[];
  readonly close: CloseSeen;
  readonly bytes: { readonly board: number; readonly peer: number };
  readonly timings: {
    readonly toServerHelloMs: number | null;
    readonly toFinishedMs: number | null;
    readonly toFirstDataMs: number | null;
  };
  /** NSS key log lines; a secret of this one connection, written only where a capture is. */
  readonly keyLog: string;
  /** The peer's own error as a decoded alert number or code, null when none. */
  readonly peerError: { readonly code: string; readonly alert: number | null; readonly message: string } | null;
  /** Plain bytes that the peer received. */
  readonly received: Uint8Array;
}
