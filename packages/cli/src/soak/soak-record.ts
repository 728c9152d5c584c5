/** Identifies the document; the number rises with each change that a reader would notice. */
export const SOAK_SCHEMA = 'wirewrap.soak/1';

/** The board's part in a connection. */
export type SoakRole = 'client' | 'server';

/** Handshakes of one role since the reading before. */
export interface SoakPace {
  readonly connections: number;
  /** Milliseconds of `wrap_socket` on the board's clock; null when none completed. */
  readonly medianMs: number | null;
  readonly longestMs: number | null;
}

/** The least free bytes and the highest socket of several readings. */
export interface SoakWorst {
  readonly freeHeap: number;
  readonly freeNative: number | null;
  readonly largestBlock: number | null;
  readonly socket: number | null;
}

/** What the board held at one moment, garbage collected, and how the connections before it went. */
export interface SoakReading {
  /** Milliseconds since the soak began. */
  readonly atMs: number;
  /** Connections so far, of both roles. */
  readonly connections: number;
  /** Resets so far: readings with the same number are one life of the board. */
  readonly resets: number;
  /** Free bytes of Python's heap. */
  readonly freeHeap: number;
  /** Free bytes of ESP-IDF's heap; of the virtual board minus what its process holds; null where nobody tells. */
  readonly freeNative: number | null;
  /** Largest free block of ESP-IDF's heap. */
  readonly largestBlock: number | null;
  /** The highest number of three new sockets: it rises when one is left open. */
  readonly socket: number | null;
  readonly pace: Readonly<Partial<Record<SoakRole, SoakPace>>>;
  /** How many readings it stands for: a long soak keeps only some of them. Absent: for itself. */
  readonly standsFor?: number;
  /** The worst of those that it stands for; `pace` is of all their connections, its median the mean of their medians. */
  readonly worst?: SoakWorst;
}

/** The board restarted. */
export interface SoakReset {
  readonly atMs: number;
  readonly connections: number;
  /** What it said of the reason, what it did not answer, or that nobody saw it. */
  readonly reason: string;
}

/** A connection that did not complete. */
export interface SoakError {
  readonly atMs: number;
  /** Its number, from 1. */
  readonly connection: number;
  readonly role: SoakRole;
  readonly text: string;
}

/** How it came to its end; `running` is what a process leaves that was killed. */
export type SoakEnd = 'complete' | 'running' | 'interrupted' | 'board gave no answer';

/** How one quantity moved with the connections, within the longest life of the board. */
export interface SoakTrend {
  readonly name: string;
  readonly unit: 'bytes' | 'sockets';
  readonly connections: number;
  /** What one connection takes: the median over the slopes of all pairs of readings (Theil and Sen). */
  readonly perConnection: number;
  /** Its bounds at 95 % (Sen 1968). */
  readonly low: number;
  readonly high: number;
  /** `grows`: the lower bound is above what is allowed, and both halves rise. `unclear`: the bounds hold both answers. */
  readonly verdict: 'level' | 'grows' | 'unclear';
}

/** A whole soak, written at intervals. */
export interface SoakRecord {
  readonly schema: typeof SOAK_SCHEMA;
  readonly board: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly askedMs: number;
  readonly tookMs: number;
  readonly end: SoakEnd;
  /** Why only one role was asked; null where that was wished, or both were. */
  readonly note: string | null;
  readonly connections: Readonly<Record<SoakRole, { readonly done: number; readonly failed: number }>>;
  /** At most 960, evenly spread; a longer soak keeps fewer of each hour. */
  readonly readings: readonly SoakReading[];
  /** The first of them; `resetCount` counts all. */
  readonly resets: readonly SoakReset[];
  readonly resetCount: number;
  /** The first of them; `connections` counts all. */
  readonly errors: readonly SoakError[];
  readonly trends: readonly SoakTrend[];
  /** What is wrong, a clause each; empty of a board that held. */
  readonly problems: readonly string[];
}
