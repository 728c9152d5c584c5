import type { BoardsErrorCode } from '../errors.ts';
import type { AskedPlace } from './hold-place.ts';

/** What the guard of a place is started for: the first line that it reads. */
export interface GuardRequest {
  readonly asked: AskedPlace;
  readonly wait: boolean;
  readonly command: string;
  /** Milliseconds for each call of labgrid-client. */
  readonly deadlineMs: number;
}

/** The second line that it may read; the end of its input means the same. */
export const RELEASE = 'release';

/** What it says, a line each. */
export type GuardAnswer =
  | { readonly says: 'held'; readonly place: string }
  | { readonly says: 'released' }
  | { readonly says: 'failed'; readonly code: BoardsErrorCode; readonly message: string };
