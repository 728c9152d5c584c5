import type { CallOptions } from '../board/board.ts';

export interface TransferOptions extends CallOptions {
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

export interface FileStat {
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Bytes; 0 for a directory. */
  readonly size: number;
}

/** The board's file system. Errors are `MicroPythonError` with `errnoName` such as `ENOENT`. */
export interface BoardFiles {
  write(path: string, bytes: Uint8Array | string, options?: TransferOptions): Promise<void>;
  read(path: string, options?: TransferOptions): Promise<Uint8Array>;
  list(path?: string, options?: CallOptions): Promise<FileStat[]>;
  stat(path: string, options?: CallOptions): Promise<FileStat>;
  remove(path: string, options?: CallOptions): Promise<void>;
  mkdir(path: string, options?: CallOptions): Promise<void>;
  rename(from: string, to: string, options?: CallOptions): Promise<void>;
  /** Makes a board folder equal to the given files (relative path to bytes); equal files are skipped by hash. */
  sync(folder: string, files: Readonly<Record<string, Uint8Array>>, options?: TransferOptions): Promise<void>;
  /** Puts bytes into a global variable of the board (`bytes`; `bytearray` when the heap has no room for the copy), without touching flash. */
  upload(variable: string, bytes: Uint8Array, options?: TransferOptions): Promise<void>;
}
