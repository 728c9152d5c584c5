import type { BoardSettings } from '@wirewrap/boards';
import type { Footprint } from '@wirewrap/tls-lab';
import type { Capabilities } from '../claim/claim.ts';
import type { Repeat } from '../selection/case-selection.ts';
import type { CaseAnswer } from '../suite/ask-one.ts';

/** What the process of a board begins with. */
export interface WorkerStart {
  readonly settings: BoardSettings;
  /** Path of a reviewed record, whose values decide what is run again. */
  readonly baseline: string | null;
  /** How often each case is run; null where nobody said. */
  readonly repeat: Repeat | null;
}

/** What ends the process of a board. */
export const END = 'end';

/** What the run asks of the process of a board. */
export interface AskMessage {
  readonly case: string;
  /** The first of its suite on this board, which is reset before it. */
  readonly fresh: boolean;
}

/** What the process of a board says. */
export type WorkerMessage =
  | {
      readonly says: 'ready';
      readonly board: Readonly<Record<string, unknown>>;
      readonly capabilities: Capabilities;
      /** What the harness takes of its heap; null where that could not be measured. */
      readonly footprint: Footprint | null;
    }
  | { readonly says: 'answer'; readonly answer: CaseAnswer }
  /** The board does not answer any more; the case that was asked is to be asked of another. */
  | { readonly says: 'gone'; readonly reason: string };
