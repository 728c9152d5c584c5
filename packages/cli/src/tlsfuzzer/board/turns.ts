import type { BoardOutcome } from '@wirewrap/tls-lab';

/** One connection's wait for the board. */
export interface Turn {
  /** It came before the board was back from a reset. */
  early: boolean;
}

/** Who waits for the board, and whether it has to come back from a reset first. */
export class Turns {
  readonly #waiting = new Set<Turn>();
  #away = false;

  arrive(): Turn {
    const turn: Turn = { early: false };
    this.#waiting.add(turn);
    return turn;
  }

  /** Whoever came until now waited for the board to come back. */
  listens(): void {
    if (this.#away) for (const turn of this.#waiting) turn.early = true;
    this.#away = false;
  }

  end(turn: Turn, { crash }: BoardOutcome): void {
    this.#waiting.delete(turn);
    this.#away ||= crash !== null;
  }
}
