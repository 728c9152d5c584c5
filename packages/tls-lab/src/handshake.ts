import type { CertificateBundle } from '@wirewrap/certgen';
import type { BoardRun } from './board/board-endpoint.ts';
import type { BoardOutcome } from './board/board-outcome.ts';
import type { Transcript } from './transcript/transcript.ts';

/** One connection between board and host, seen from both ends: the subject of every matcher. */
export interface Handshake {
  readonly role: 'client' | 'server';
  readonly board: BoardOutcome;
  /** Null when the board never connected (or the host could not reach the board). */
  readonly wire: Transcript | null;
  /** What the peer presented (board as client) or the board presented (board as server). */
  readonly certificate: CertificateBundle | null;
  /** What the board was told to do. */
  readonly run?: BoardRun;
  /** Why the host could not reach the board, in one sentence; null when it did or never tried. */
  readonly hostError?: string | null;
}
