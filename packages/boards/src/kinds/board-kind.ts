import type { LineSettings } from '@wirewrap/repl-driver';
import type { NetworkSettings } from '@wirewrap/tls-lab';

export interface StartOptions {
  readonly signal?: AbortSignal;
  /** Called with what is done before the board is there, a line at a time. */
  readonly onProgress?: (message: string) => void;
  /** Waits until a board that somebody else has is free, where the kind has locks of its own. Default false. */
  readonly wait?: boolean;
}

/** A board that was started or acquired. Disposing it stops it or gives it back. */
export interface StartedBoard extends AsyncDisposable {
  readonly line: LineSettings;
  /** How this host reaches the board; what the user set wins. */
  readonly network?: NetworkSettings;
  /** Switches the board off and on. */
  readonly powerCycle?: () => Promise<void>;
}

/**
 * A kind of board: everything that is special about its scheme. A new kind is one file with one of these, and a line in
 * the table of `kinds.ts`.
 */
export interface BoardKind<Place> {
  /** Reads a URL of this scheme. Fails with `BAD_URL` in one sentence. */
  parse(url: string): Place;
  /** A short name for lines of text, such as `ttyUSB0`. */
  label(place: Place, url: string): string;
  /** What two programs cannot use at once; null where every use has a board of its own, or something else locks it. */
  leaseKey(place: Place): string | null;
  /** Starts or acquires the board; resolves when its line can be opened. */
  start(place: Place, options: StartOptions): Promise<StartedBoard>;
}
