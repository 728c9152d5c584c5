/** A REPL that the contract suite talks to, byte by byte. */
export interface ReplEngine extends AsyncDisposable {
  readonly can: {
    /** Raw-paste: in every WebAssembly package mp_hal_stdin_rx_chr() is the constant 0 (see docs/virtual-board.md). */
    readonly rawPaste: boolean;
    /** Text goes out with CRLF for LF. */
    readonly crlf: boolean;
    /** Soft reset and SystemExit end the interpreter and a new one starts. */
    readonly reset: boolean;
    /** Ctrl-C reaches a program that runs. */
    readonly interrupt: boolean;
    /** Programs can read what the host sends. */
    readonly stdin: boolean;
    /** `sys.stdout.buffer` exists. */
    readonly binaryOutput: boolean;
    /** The compiler drops constants that nothing uses: MICROPY_ENABLE_DOC_STRING is 0, as on boards. */
    readonly constantsDropped: boolean;
  };
  write(bytes: Uint8Array): Promise<void>;
  onData(listener: (bytes: Uint8Array) => void): void;
}

/** How the suite names an engine and starts it. */
export interface ReplEngineSource {
  readonly name: string;
  /** Milliseconds without a byte after which an answer is taken for whole. */
  readonly quietMs: number;
  /** Why it is not on this machine. */
  readonly missing?: string | undefined;
  start(): Promise<ReplEngine>;
}
