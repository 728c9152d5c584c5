import type { CertificateBundle } from '@wirewrap/certgen';
import type { BoardRun } from './board/board-endpoint.ts';
import type { BoardOutcome } from './board/board-outcome.ts';
import { tellStory } from './story/story.ts';
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
  /** Both ends' story in a few lines that a person understands. */
  story(): string;
}

/** What a lab saw of one connection. */
export interface HandshakeParts {
  readonly role: 'client' | 'server';
  readonly board: BoardOutcome;
  readonly wire: Transcript | null;
  readonly certificate: CertificateBundle | null;
  readonly run?: BoardRun;
  readonly hostError?: string | null;
}

export class BoardHandshake implements Handshake {
  readonly role: 'client' | 'server';
  readonly board: BoardOutcome;
  readonly wire: Transcript | null;
  readonly certificate: CertificateBundle | null;
  readonly run: BoardRun;
  readonly hostError: string | null;

  constructor({ role, board, wire, certificate, run = {}, hostError = null }: HandshakeParts) {
    this.role = role;
    this.board = board;
    this.wire = wire;
    this.certificate = certificate;
    this.run = run;
    this.hostError = hostError;
  }

  story(): string {
    return tellStory(this);
  }
}
