import type { CertificateBundle } from '@wirewrap/certgen';
import type { HeapRoom } from '@wirewrap/repl-driver';
import type { StartTls } from '../application/start-tls.ts';
import type { BoardOutcome } from './board-outcome.ts';

/** How the board wraps its socket: the function or one of the context classes. */
export type WrapApi = 'wrap_socket' | 'ssl.SSLContext' | 'tls.SSLContext';

/** A constant of the board's `ssl` module, encoded as a name so that the board resolves it. */
export interface SslConstant {
  readonly constant: 'CERT_NONE' | 'CERT_OPTIONAL' | 'CERT_REQUIRED' | (string & {});
}

/** MicroPython's `ssl.CERT_NONE`: the peer's certificate is not looked at. */
export const CERT_NONE: SslConstant = { constant: 'CERT_NONE' };
/** MicroPython's `ssl.CERT_OPTIONAL`: a certificate is checked where one is presented. */
export const CERT_OPTIONAL: SslConstant = { constant: 'CERT_OPTIONAL' };
/** MicroPython's `ssl.CERT_REQUIRED`: no connection without a certificate that holds. */
export const CERT_REQUIRED: SslConstant = { constant: 'CERT_REQUIRED' };

/** Keyword arguments of `wrap_socket`, any name: what the firmware refuses is an observation. */
export type WrapArguments = Readonly<Record<string, string | number | boolean | null | Uint8Array | SslConstant>>;

/** Repeats an operation that gave `None` (a socket that does not block) for up to so many milliseconds. Default 0. */
interface Retry {
  readonly retryMs?: number;
}

/**
 * What the board does with the wrapped socket, in order. The value of a step is what Python returned; `readinto` gives
 * `[count, bytes]` (null when there was nothing), `poll` the event mask (1 in, 4 out, 8 error, 16 hang-up, 32 invalid; 0 when none came in time).
 * `python` runs with `sock`, `wrapped`, `ssl`, `socket`, `time`, for the context classes `ctx`, and the names of
 * `BoardRun.data` in scope, shared by all `python` steps; an expression gives its value, statements give `result`.
 */
export type BoardStep =
  | ({ readonly do: 'write'; readonly bytes: Uint8Array | string } & Retry)
  | ({ readonly do: 'read'; readonly size?: number } & Retry)
  | ({ readonly do: 'readline' } & Retry)
  | ({ readonly do: 'readinto'; readonly size: number } & Retry)
  | { readonly do: 'getpeercert'; readonly binary: boolean }
  | { readonly do: 'cipher' }
  | { readonly do: 'setblocking'; readonly blocking: boolean }
  | { readonly do: 'poll'; readonly events: 'in' | 'out' | 'in+out'; readonly timeoutMs: number }
  | { readonly do: 'close' }
  | { readonly do: 'python'; readonly name: string; readonly source: string };

/** What the board's end does: how it wraps its socket, and its steps afterwards. */
export interface BoardRun {
  readonly api?: WrapApi;
  /**
   * For the context classes `key`, `cert`, `cadata`, `cert_reqs` and `do_handshake` go to the context's own methods and
   * attributes; everything else goes to its `wrap_socket`.
   */
  readonly args?: WrapArguments;
  /** Shorthand: `key` and `cert` as DER unless `args` names them. */
  readonly certificate?: CertificateBundle;
  /** Default: write `ping\n`, read the echo line, close. */
  readonly steps?: readonly BoardStep[];
  /** Seconds for `sock.settimeout`, `'non-blocking'`, or undefined for a blocking socket with the endpoint's own guard. */
  readonly timeout?: number | 'non-blocking';
  /**
   * What the board says in the clear on its socket before it wraps it: STARTTLS of `smtp` or `imap`, or steps of one's own. The
   * host needs the same in its options.
   */
  readonly startTls?: StartTls;
  /** Attributes set on the context before it wraps (`verify_mode`, …) and methods called on it. Context APIs only. */
  readonly context?: readonly string[];
  /**
   * Constant of the context's protocol. Default `PROTOCOL_TLS_CLIENT` or `PROTOCOL_TLS_SERVER` by role. With
   * `PROTOCOL_DTLS_CLIENT` or `PROTOCOL_DTLS_SERVER` the socket is a UDP socket, and the peer needs `transport: 'dtls'`. A
   * server's `wrap_socket` is called again, up to twice, when it raised -27264: it sent its HelloVerifyRequest.
   */
  readonly protocol?: string;
  /** Bytes that `context` lines and `python` steps can use by these names. */
  readonly data?: Readonly<Record<string, Uint8Array>>;
  /** Whether the steps after a failed one are left out. Default false: the use after an error is an observation too. */
  readonly stopOnError?: boolean;
  /** Bytes up to which a read value is sent to the host whole; more becomes a `BytesDigest`. Default 4,096. */
  readonly captureBytes?: number;
  /** Milliseconds until the case is given up and the board is interrupted. Default 15,000. */
  readonly deadlineMs?: number;
}

/** What the harness takes of a board's heap, as what is free in three states. */
export interface Footprint {
  /** After a soft reset, with nothing of ours on the board. */
  readonly bare: HeapRoom;
  /** With the driver's agent. */
  readonly agent: HeapRoom;
  /** Ready for a case: with the program of the cases, joined to the network. */
  readonly ready: HeapRoom;
}

/** The board's end of a connection. */
export interface BoardEndpoint {
  /** Joined to the network, with its program on the board: what every case does first. Cheap when it is so already. */
  ready(): Promise<void>;
  /**
   * Measures what the harness takes of the board's heap. Resets the board (soft) and leaves it ready.
   *
   * @throws ReplDriverError `PROTOCOL` when the firmware does not tell
   */
  footprint(): Promise<Footprint>;
  connect(host: string, port: number, run?: BoardRun): Promise<BoardOutcome>;
  /**
   * Listens on the board; `onListening` fires when the host may connect. A promise that it returns and that fails before the
   * board accepted a connection says that none will come: the board is interrupted. `server_side=True` unless `args` names it.
   */
  serve(port: number, run: BoardRun, onListening: () => unknown): Promise<BoardOutcome>;
}
