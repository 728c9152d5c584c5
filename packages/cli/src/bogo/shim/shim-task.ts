/** What one case of BoGo asks of the implementation under test, in the words of `ssl` on a board. */
export interface ShimTask {
  /** Port of the runner on the host's loopback address. */
  readonly port: number;
  /** Whether the board is the TLS server. It dials in both roles. */
  readonly server: boolean;
  /** Paths of PEM files; null: no certificate. */
  readonly key: string | null;
  readonly certificate: string | null;
  readonly serverName: string | null;
  /** Asks the client for a certificate and takes what comes. Servers only. */
  readonly asksForCertificate: boolean;
  /** The handshake is left to the first read or write, on a socket that does not block. */
  readonly deferred: boolean;
  readonly writesFirst: boolean;
  /** Closes right after the handshake instead of echoing. */
  readonly shutsDown: boolean;
  /** Writes records of many sizes instead of echoing. */
  readonly writesManySizes: boolean;
  /** Bytes that one read asks for. */
  readonly readSize: number;
}

/** Why a case was not given to the board: a flag that its `ssl` has nothing for. */
export interface Unimplemented {
  readonly flag: string;
  readonly reason: string;
}
