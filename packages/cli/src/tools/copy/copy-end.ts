import type { TypedPath } from '../board-path.ts';

/** What a path leads to. */
export type EntryKind = 'file' | 'directory';

/** One thing below a folder that is copied. */
export interface FoundEntry {
  /** Path as this end names it. */
  readonly path: string;
  readonly kind: EntryKind;
}

export interface ReadProgress {
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

/** One end of a copy: this computer, or the board. Both are asked for the same things. */
export interface CopyEnd {
  /** Null when nothing is there. */
  kindOf(path: string): Promise<EntryKind | null>;
  /** Everything below a folder, each folder before what is in it. */
  walk(path: string): Promise<FoundEntry[]>;
  read(path: string, progress: ReadProgress): Promise<Uint8Array>;
  /** Writes a file whole. */
  write(path: string, content: Uint8Array, progress: ReadProgress): Promise<void>;
  mkdir(path: string): Promise<void>;
  join(folder: string, name: string): string;
  /** Last part of a path; empty for the root and for the current folder. */
  nameOf(path: string): string;
  /** Those of the files that hold these bytes already. */
  same(files: readonly { readonly path: string; readonly content: Uint8Array }[]): Promise<ReadonlySet<string>>;
  /** A path as the user types it. */
  shown(path: string): string;
}

export type CopyEnds = Readonly<Record<TypedPath['on'], CopyEnd>>;
