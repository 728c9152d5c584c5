/** Firmware whose module shapes the virtual board presents; the engine underneath stays the real one. */
export type FirmwareShape = '1.18' | '1.20' | '1.23' | 'native';

export interface VirtualBoardOptions {
  /** Modelled line speed in bit/s; 0 is unlimited. Default 0. */
  readonly baudRate?: number;
  /** One-way delay of the line in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** Default `native`. */
  readonly ssl?: FirmwareShape;
  /** A MicroPython executable; default: as provisioned. */
  readonly micropython?: string;
  /** Debian suite that the package is taken from when it is provisioned: `trixie` (1.25.0, default) or `forky` (1.26.1). */
  readonly suite?: string;
  /** Bytes of heap (`-X heapsize`). */
  readonly heapBytes?: number;
}

/** A started virtual board: open `path` with serialport as if it were /dev/ttyUSB0. */
export interface VirtualBoard extends AsyncDisposable {
  /** The pseudo-terminal's path, such as /dev/pts/4. */
  readonly path: string;
  close(): Promise<void>;
}
