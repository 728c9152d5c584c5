import type { ChaosOptions } from './line/chaos.ts';
import type { FailingAllocations } from './provision/fail-allocation.ts';
import type { EngineName } from './provision/provision-options.ts';

/** Firmware whose module shapes the virtual board presents; the engine underneath stays the real one. */
export type FirmwareShape = '1.18' | '1.20' | '1.23' | 'native';

/** What the virtual board is like: its firmware, line, heap and speed. */
export interface VirtualBoardOptions {
  /** Modelled line speed in bit/s; 0 is unlimited. Default 0. */
  readonly baudRate?: number;
  /** One-way delay of the line in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** Bytes of the receive ring; 0 is a line that never drops. Default 260, the ESP32's. */
  readonly ringBytes?: number;
  /** Default `native`. */
  readonly ssl?: FirmwareShape;
  /**
   * Which MicroPython is behind the board: the `distribution`'s package (default), or the one that is built with the options
   * of an `esp32`, which needs a C compiler.
   */
  readonly engine?: EngineName;
  /** A MicroPython executable; default: as provisioned. */
  readonly micropython?: string;
  /** Debian suite that the package is taken from when it is provisioned: `trixie` (1.25.0, default) or `forky` (1.26.1). */
  readonly suite?: string;
  /**
   * Bytes of heap that programs get, about (the board's own programs come on top of it). Default 307,200: what an
   * ESP32 has after boot (148 KB), in words of 64 instead of 32 bits.
   */
  readonly heapBytes?: number;
  /** How many times slower than this machine the interpreter is, 1 to 1000. Default 1. */
  readonly slowness?: number;
  /** Milliseconds that the flash takes for each reading, writing and erasing of a piece. Default 0. */
  readonly flashMs?: number;
  /** Allocations of the TLS library that find no memory. Needs a C compiler. Default: none. */
  readonly failingAllocations?: FailingAllocations;
  /**
   * Bytes that the TLS library may hold at a time; 0 counts them and sets no limit. A program reads and changes it by
   * `wirewrap_virtual.tls_memory()`. Needs a C compiler. Default: not counted.
   */
  readonly tlsHeapBytes?: number;
  /** A bad line, for tests of a driver. Default: a good one. */
  readonly chaos?: ChaosOptions;
  /** Called with what provisioning does, a line at a time. */
  readonly onProgress?: (message: string) => void;
}

/** A started virtual board: open `path` with serialport as if it were /dev/ttyUSB0. */
export interface VirtualBoard extends AsyncDisposable {
  /** The pseudo-terminal's path, such as /dev/pts/4. */
  readonly path: string;
  /** Process id of the interpreter that runs now; changes with every reset. */
  readonly pid: number | undefined;
  /** Pulls EN low for a moment, as DTR/RTS do on a real board (a PTY has no modem lines). */
  runReset(): Promise<void>;
  /** Power off and on. */
  powerCycle(): Promise<void>;
  /** Kills the interpreter, as a crash does; the board reboots and says so. Default SIGSEGV. */
  crash(signal?: NodeJS.Signals): Promise<void>;
  close(): Promise<void>;
}
