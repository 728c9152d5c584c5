import type { AlertDescription } from '../tls/alert-description.ts';

/** For pages, which are compiled against this file alone: the registry's type, with the numbers, and no code. */
export type { ContentType } from '../tls/content-type.ts';

/** Direction of travel, named by who sent. */
export type Sender = 'board' | 'peer';

/** One TLS alert that was seen, with its direction and time. */
export interface Alert {
  readonly sender: Sender;
  readonly level: 'warning' | 'fatal';
  readonly number: number;
  /** IANA name, such as `unknown_ca`; `alert_N` for a number that is not assigned. */
  readonly name: AlertDescription | `alert_${number}`;
  readonly encrypted: boolean;
  readonly atMs: number;
}

/** One TLS record that went over the wire. */
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
  readonly encrypted: boolean;
  /** The type of what was inside; null when it could not be decrypted. */
  readonly contentType: number | null;
  /** The record's number: DTLS only. */
  readonly epoch?: number;
  readonly sequence?: number;
}

/** One handshake message, put together from its records, also when it was encrypted. */
export interface HandshakeMessageSeen {
  readonly sender: Sender;
  readonly type: number;
  /** Name of the RFC, such as `certificate_request`. */
  readonly name: string;
  /** Body bytes. */
  readonly length: number;
  readonly atMs: number;
  readonly encrypted: boolean;
}

/** A ClientHello, taken apart. */
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
  /** The whole handshake message, with its four header bytes. */
  readonly raw: Uint8Array;
}

/** What both ends agreed on, as the wire shows it. */
export interface Negotiated {
  /** `TLSv1.2`, `TLSv1.3`, `DTLSv1.2`, … */
  readonly version: string;
  /** IANA name. */
  readonly cipherSuite: string;
  readonly group: string | null;
  readonly alpn: string | null;
  readonly resumed: boolean;
  /** IANA name of the scheme that the server signed with; null with RSA key exchange or a resumed session. */
  readonly signature: string | null;
}

/** Who closed the connection first and how. The first of close_notify, FIN and RST counts. */
export interface CloseSeen {
  readonly by: Sender | null;
  readonly how: 'close_notify' | 'fin' | 'rst' | 'open';
  /** Whether each end sent a close_notify before it closed. */
  readonly closeNotify: { readonly board: boolean; readonly peer: boolean };
  /** How each end's TCP side ended. RST may have been lost on its way when the other end had already closed. */
  readonly tcp: { readonly board: 'fin' | 'rst' | 'open'; readonly peer: 'fin' | 'rst' | 'open' };
}

/** Every piece of TCP payload and the two ends of the stream, in order; over UDP every datagram, and no ends. */
export interface WireSeen {
  /** Left out for TCP. */
  readonly transport?: 'udp';
  /** The end that connected. */
  readonly client: Sender;
  readonly chunks: readonly { readonly sender: Sender; readonly bytes: Uint8Array; readonly atMs: number }[];
  readonly ends: readonly { readonly sender: Sender; readonly how: 'fin' | 'rst'; readonly atMs: number }[];
}

/** What went over the wire in one connection, on one clock (`performance.now()` milliseconds). */
export interface Transcript {
  readonly connectedAtMs: number;
  /** Null while the connection was open when the transcript was taken. */
  readonly closedAtMs: number | null;
  /** What was said in the clear before TLS (`startTls`), in order; left out or empty when TLS came first. */
  readonly plaintext?: readonly { readonly sender: Sender; readonly bytes: Uint8Array; readonly atMs: number }[];
  readonly clientHello: ClientHello | null;
  /** What the ServerHello chose, also when the handshake failed later; null when none was seen. */
  readonly negotiated: Negotiated | null;
  /** Whether the Finished of both ends crossed the wire. */
  readonly handshakeCompleted: boolean;
  readonly serverName: string | null;
  /** Certificates that the board presented (DER, leaf first); empty when none. */
  readonly boardCertificates: readonly Uint8Array[];
  /** Certificates that the peer presented (DER, leaf first). */
  readonly peerCertificates: readonly Uint8Array[];
  readonly clientCertificateRequested: boolean;
  readonly alerts: readonly Alert[];
  readonly records: readonly RecordSeen[];
  readonly messages: readonly HandshakeMessageSeen[];
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
  /** Names of the faults that happened; one that was asked for and is not here never found its place. */
  readonly faults: readonly string[];
  /** The bytes themselves, as a capture needs them. */
  readonly wire: WireSeen;
  /** Plain bytes that the peer received. */
  readonly received: Uint8Array;
}
