import type { Socket } from 'node:net';
import type { KeyLog } from '../transcript/key-log.ts';
import type { DecodedRecord } from '../transcript/session-decoder.ts';
import type { Transcript } from '../transcript/transcript.ts';

/** One TLS session of the host's own end. The bytes for the board come out of `socket` and go into it. */
export interface EngineSession extends AsyncDisposable {
  /** The harness's end of the loopback connection to the TLS implementation. */
  readonly socket: Socket;
  readonly keyLog: KeyLog;
  /** Takes the board's records as the tap decrypts them, for an engine that does not hand out what it received. */
  decoded?(record: DecodedRecord): void;
  /** Plain bytes that came from the board so far. */
  readonly received: Uint8Array;
  readonly error: Transcript['peerError'];
  /** Resolves when the session is over, however it ended. */
  readonly over: Promise<void>;
}

/** Makes sessions that answer a board's ClientHello. */
export interface ServerEngine extends AsyncDisposable {
  open(): Promise<EngineSession>;
}
