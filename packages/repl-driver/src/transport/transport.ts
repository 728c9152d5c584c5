/** Why a transport is no longer usable. */
export interface CloseReason {
  readonly kind: 'closed-by-us' | 'closed-by-peer' | 'device-lost' | 'error';
  readonly message: string;
  readonly cause?: unknown;
}

/** RS-232 modem lines as a user sees them: true is asserted (the pin is driven low on an ESP32 board). */
export interface ModemSignals {
  readonly dtr: boolean;
  readonly rts: boolean;
}

/**
 * Duplex bytes to a board: serial, pty, tcp, rfc2217, a child process or a replayed session.
 * A new transport is one file that implements this.
 */
export interface Transport extends AsyncDisposable {
  /** The board URL that this transport was opened from. */
  readonly url: string;
  /** Settles when the transport ends, for whatever reason; never rejects. */
  readonly closed: Promise<CloseReason>;
  /** Resolves when the bytes were handed to the line (drained), rejects with `TRANSPORT_CLOSED`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes as they come, in any chunking. Returns a function that unsubscribes. */
  onData(listener: (chunk: Uint8Array) => void): () => void;
  /** Sets both modem lines. Absent where the line has none (tcp, child process). */
  setSignals?(signals: ModemSignals): Promise<void>;
  /** False once the device turned out to have no modem lines (a pseudo-terminal). */
  readonly hasSignals?: boolean;
  /** Changes the line's speed in bit/s. Absent where there is no line. */
  setBaudRate?(baudRate: number): Promise<void>;
  /** Drops bytes that wait in either direction. */
  purge?(): Promise<void>;
  close(): Promise<void>;
}
