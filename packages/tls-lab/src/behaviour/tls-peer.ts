import type { CertificateBundle } from '@wirewrap/certgen';
import type { PeerApplication } from '../application/peer-application.ts';
import type { StartTls } from '../application/start-tls.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultReference } from '../faults/fault-name.ts';
import type { TlsVersion } from '../tls/protocol-version.ts';
import type { Transcript } from '../transcript/transcript.ts';

/** What both kinds of peer can be told. */
export interface PeerBehaviour {
  /**
   * Default `tls`, over TCP. `dtls` is DTLS 1.2 over UDP, which openssl speaks whatever `engine` says; a `maxVersion` of
   * `TLSv1.1` or older means DTLS 1.0. Refused with it (`UNSUPPORTED`): `faults`, `renegotiate`, `presentAnyway`.
   */
  readonly transport?: 'tls' | 'dtls';
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** OpenSSL cipher string. */
  readonly ciphers?: string;
  readonly groups?: string;
  readonly alpn?: readonly string[];
  /** PEM trust anchors for the board's certificate. */
  readonly ca?: string;
  /** Faults of the table, by name or as rows, applied in order. */
  readonly faults?: readonly (FaultReference | Fault)[];
  /**
   * Who speaks TLS. Default `node` (node:tls), and `openssl` (`openssl s_server` and `s_client`, which must be on PATH)
   * for what node cannot do: `psk`, `maxFragment`, `renegotiate`, and `clientCertificate: 'require'`, where node refuses
   * only after the handshake, without an alert (it still serves that one with several `certificatesByName`).
   */
  readonly engine?: 'node' | 'openssl';
  /** Pre-shared key of TLS 1.2 and 1.3, without certificates when the suite allows it. */
  readonly psk?: { readonly identity: string; readonly key: Uint8Array };
  /** The most plain bytes in a record that the peer sends, 512 to 16,384. Default 16,384. Handshake messages are cut as well. */
  readonly maxFragment?: number;
  /** Starts a second handshake once data has come from the board (TLS 1.2 and older). */
  readonly renegotiate?: boolean;
  /**
   * What is said in the clear before TLS: STARTTLS of `smtp` or `imap`, or steps of one's own. The board needs the same in
   * `BoardRun.startTls`. Default: TLS from the first byte. Over TCP only.
   */
  readonly startTls?: StartTls;
  /** What is done after the handshake. Default `echo`. */
  readonly application?: PeerApplication;
}

/** How long a transcript is waited for. */
export interface TranscriptOptions {
  /** Default 10,000 ms. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

export interface TlsServerOptions extends PeerBehaviour {
  readonly certificate: CertificateBundle;
  /** More certificates, chosen by server name. */
  readonly certificatesByName?: Readonly<Record<string, CertificateBundle>>;
  /**
   * Presents `certificate` also where OpenSSL refuses to load it (a key that does not fit, bad DER): the host's end runs
   * with a stand-in for the same key, and the Certificate message is swapped (`certificate-swap` in `Transcript.faults`).
   * The ends see different handshakes from there on, so one that goes on past certificate and signature fails at the
   * Finished: that failure says nothing about the board. Default false. TLS only; needs openssl on PATH.
   */
  readonly presentAnyway?: boolean;
  readonly clientCertificate?: 'none' | 'request' | 'require';
  /** Whether session tickets are issued. Default true. Without them TLS 1.3 needs openssl (`UNSUPPORTED` with engine `node`). */
  readonly tickets?: boolean;
  /** Default 127.0.0.1: loopback unless an address is named. */
  readonly address?: string;
}

export interface TlsClientOptions extends PeerBehaviour {
  readonly certificate?: CertificateBundle;
  readonly serverName?: string;
  /** Whether the board's certificate must verify. Default false: the client observes. */
  readonly verify?: boolean;
}

/** A listening server on the host. The operating system chooses the port. */
export interface TlsServerPeer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly certificate: CertificateBundle;
  /**
   * The transcript of the next connection, in the order in which they came, once it has closed. A connection that is
   * still open at the deadline is cut off and its transcript tells who had closed until then, if anyone. It fails when
   * no connection came before the deadline.
   */
  nextTranscript(options?: TranscriptOptions): Promise<Transcript>;
}

/** A connection from the host to a board that listens. */
export interface TlsClientPeer extends AsyncDisposable {
  /** The transcript once the connection has closed; cut off at the deadline like `nextTranscript`. */
  transcript(options?: TranscriptOptions): Promise<Transcript>;
}
