import type { CallOptions } from '../line/call-options.ts';
import type { FileContent } from './content.ts';

export interface TransferOptions extends CallOptions {
  /**
   * Milliseconds until the transfer fails with `DeadlineError`, repetitions included. Default 30,000, one more for each
   * byte (of a file to be read: for 1 MiB, as its size is not known), and 500 more for each file of a sync.
   */
  readonly deadlineMs?: number;
  /**
   * Called with the bytes that passed so far. It never goes back: while damaged bytes are sent again it is silent until they passed the
   * point that was told. The whole is told once, at the end, when the board has checked it. What it throws ends the
   * transfer, which fails with it.
   */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

/** What the board says of one file or folder. */
export interface FileStat {
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Bytes; 0 for a directory. */
  readonly size: number;
}

/**
 * The board's file system. Errors are `MicroPythonError` with `errnoName` such as `ENOENT`, and say what was being done to
 * which path. Text goes as UTF-8; content that is neither text nor bytes is `BAD_VALUE`.
 *
 * What arrives damaged (checksum, lost bytes, a board that fell silent for 4 s) is sent again, three times in all at most
 * and within the deadline; then the call fails with `PROTOCOL` and the number of attempts. A file on the board is the old one or
 * the new one, whole, at every moment. Errors of the board's own, a reset, a lost connection and an abort end a transfer
 * at once.
 */
export interface BoardFiles {
  write(path: string, content: FileContent, options?: TransferOptions): Promise<void>;
  read(path: string, options?: TransferOptions): Promise<Uint8Array>;
  list(path?: string, options?: CallOptions): Promise<FileStat[]>;
  stat(path: string, options?: CallOptions): Promise<FileStat>;
  remove(path: string, options?: CallOptions): Promise<void>;
  mkdir(path: string, options?: CallOptions): Promise<void>;
  rename(from: string, to: string, options?: CallOptions): Promise<void>;
  /**
   * Makes a board folder equal to the given files (relative path to content): what else is in it goes, but not what is mounted
   * in the root. Equal files are skipped by hash, also when a stream of files is sent again. A path that leaves the folder,
   * or is the folder of another, is `BAD_VALUE`.
   */
  sync(folder: string, files: Readonly<Record<string, FileContent>>, options?: TransferOptions): Promise<void>;
  /** Puts bytes into a global variable of the board as `bytes`, without touching flash; the board's heap needs room for them once. */
  upload(variable: string, bytes: Uint8Array, options?: TransferOptions): Promise<void>;
}
