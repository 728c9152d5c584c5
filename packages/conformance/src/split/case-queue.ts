import type { AnySuiteName } from '../cases/suite-names.ts';
import type { ListedCase } from '../selection/select-cases.ts';
import type { AskMessage } from './messages.ts';

/** It may end the interpreter: asked when nothing else is left. */
const LAST_SUITE: AnySuiteName = 'crash';

/** Boards that one case may take with it, before it is asked of no other. */
const MOST_BOARDS = 2;

/** The cases of a run that several boards share. A board stays with a suite while there are cases of it. */
export class CaseQueue {
  readonly #suiteOf: ReadonlyMap<string, AnySuiteName>;
  readonly #left: Map<AnySuiteName, string[]>;
  /** The suite that each board is at. */
  readonly #at = new Map<string, AnySuiteName>();
  /** How many boards were gone after a case. */
  readonly #lostTo = new Map<string, number>();
  #asked = 0;
  #waiting: (() => void)[] = [];

  constructor(cases: readonly ListedCase[]) {
    this.#suiteOf = new Map(cases.map(({ id, suite }) => [id, suite]));
    this.#left = new Map(
      [...Map.groupBy(cases, ({ suite }) => suite)].map(([suite, items]) => [suite, items.map(({ id }) => id)]),
    );
  }

  /** The next case for a board; null when all have an answer. While the last are being answered it waits: one may come back. */
  async next(board: string): Promise<AskMessage | null> {
    for (;;) {
      const suite = this.#suiteFor(board);
      const id = suite === null ? undefined : this.#left.get(suite)?.shift();
      if (suite !== null && id !== undefined) {
        const fresh = this.#at.get(board) !== suite;
        this.#at.set(board, suite);
        this.#asked += 1;
        return { case: id, fresh };
      }
      if (this.#asked === 0) return null;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  /** A case has its answer. */
  done(): void {
    this.#asked = Math.max(0, this.#asked - 1);
    this.#wake();
  }

  /** A board is gone: its case is asked of another, unless it took too many boards with it; then this says false. */
  giveBack(board: string, id: string): boolean {
    this.#at.delete(board);
    const lost = (this.#lostTo.get(id) ?? 0) + 1;
    this.#lostTo.set(id, lost);
    const suite = this.#suiteOf.get(id);
    const again = lost < MOST_BOARDS && suite !== undefined;
    if (again) this.#left.get(suite)?.unshift(id);
    this.done();
    return again;
  }

  /** Nothing more is handed out. */
  close(): void {
    this.#left.clear();
    this.#asked = 0;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Its own while there are cases of it, else the one with the most cases for each board that is at it. */
  #suiteFor(board: string): AnySuiteName | null {
    const open = [...this.#left].filter(([, ids]) => ids.length > 0);
    const own = this.#at.get(board);
    if (own !== undefined && open.some(([suite]) => suite === own)) return own;
    const first = open.filter(([suite]) => suite !== LAST_SUITE);
    const boardsAt = (suite: AnySuiteName): number => [...this.#at.values()].filter((at) => at === suite).length;
    const share = ([suite, ids]: (typeof open)[number]): number => ids.length / (1 + boardsAt(suite));
    return (first.length > 0 ? first : open).toSorted((a, b) => share(b) - share(a))[0]?.[0] ?? null;
  }
}
