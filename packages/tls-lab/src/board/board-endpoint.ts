import type { BoardOutcome } from './board-outcome.ts';

/** How the board wraps its socket: the function or one of the context classes. */
export type WrapApi = 'wrap_socket' | 'ssl.SSLContext' | 'tls.SSLContext';

/** A constant of the board's `ssl` module, encoded as a name so that the board resolves it. */
export interface SslConstant {
  readonly constant: 'CERT_NONE' | 'CERT_OPTIONAL' | 'CERT_REQUIRED' | (string & {});
}

/** Keyword arguments of `wrap_socket`, any name: what the firmware refuses is an observation. */
export type WrapArguments = Readonly<Record<string, string | number | boolean | null | Uint8Array | SslConstant>>;

/** What the board does with the wrapped socket, in order. `python` runs with `sock`, `wrapped` and `ssl` in scope. */
export type BoardStep =
  | { readonly do: 'write'; readonly bytes: Uint8Array | string }
  | { readonly do: 'read'; readonly size?: number }
  | { readonly do: 'readline' }
  | { readonly do: 'readinto'; readonly size: number }
  | { readonly do: 'getpeercert'; readonly binary: boolean }
  | { readonly do: 'cipher' }
  | { readonly do: 'setblocking'; readonly blocking: boolean }
  | { readonly do: 'close' }
  | { readonly do: 'python'; readonly name: string; readonly source: string };

export interface BoardRun {
  readonly api?: WrapApi;
  readonly args?: WrapArguments;
  /** Default: write `ping\n`, read the echo line, close. */
  readonly steps?: readonly BoardStep[];
  /** Seconds for `sock.settimeout`, `'non-blocking'`, or undefined for a blocking socket with the endpoint's own guard. */
  readonly timeout?: number | 'non-blocking';
  /** Attributes set on the context before it wraps (`verify_mode`, …) and methods called on it. Context APIs only. */
  readonly context?: readonly string[];
  /** Milliseconds until the case is given up and the board is interrupted. Default 15,000. */
  readonly deadlineMs?: number;
}

/** The board's end of a connection. */
export interface BoardEndpoint {
  connect(host: string, port: number, run?: BoardRun): Promise<BoardOutcome>;
  /** Listens on the board; `onListening` fires when the host may connect. */
  serve(port: number, run: BoardRun, onListening: () => void): Promise<BoardOutcome>;
}
