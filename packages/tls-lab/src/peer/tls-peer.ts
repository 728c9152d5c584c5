import type { CertificateBundle } from '@wirewrap/certgen';
import type { Transcript } from '../transcript/transcript.ts';

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** What both kinds of peer can be told. */
export interface PeerBehaviour {
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** OpenSSL cipher string. */
  readonly ciphers?: string;
  readonly groups?: string;
  readonly alpn?: readonly string[];
  /** PEM trust anchors for the board's certificate. */
  readonly ca?: string;
  /** Names of faults from the table, applied in order. */
  readonly faults?: readonly string[];
  /** What is done after the handshake. Default `echo`. */
  readonly application?: 'echo' | 'silent' | 'close' | { readonly send: Uint8Array | string };
}

export interface TlsServerOptions extends PeerBehaviour {
  readonly certificate: CertificateBundle;
  /** More certificates, chosen by server name. */
  readonly certificatesByName?: Readonly<Record<string, CertificateBundle>>;
  readonly clientCertificate?: 'none' | 'request' | 'require';
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
  /** The transcript of the next connection once it has closed; fails at the deadline (default 10,000 ms). */
  nextTranscript(options?: { readonly deadlineMs?: number; readonly signal?: AbortSignal }): Promise<Transcript>;
}
