import type { LossReason } from '../observation/not-observed.ts';

/** Cases in a row, each run twice, after which a board is given up. */
const CASES_IN_A_ROW = 5;

/** A board that no further case can be asked. */
export interface GoneBoard {
  /** For the case that shows it. */
  readonly failure: string;
  /** For the cases that are not asked any more. */
  readonly note: string;
}

const SILENT: GoneBoard = {
  failure: `The board did not answer in ${CASES_IN_A_ROW} cases in a row, each run twice: the run ends here; look at its power and its line, then run \`wirewrap doctor\``,
  note: 'not asked: the board stopped answering',
};

const WITHOUT_NETWORK: GoneBoard = {
  failure: `The board had no network in ${CASES_IN_A_ROW} cases in a row, each run twice: the run ends here; look at its access point, then run \`wirewrap doctor\``,
  note: 'not asked: the board had no network any more',
};

const BY_REASON: Partial<Record<LossReason, GoneBoard>> = {
  'no answer in time': SILENT,
  'the board did not reach the host': WITHOUT_NETWORK,
  'the board did not join its network': WITHOUT_NETWORK,
};

/** Counts the losses in a row by which a board shows that it is gone. */
export class LossesInARow {
  #what: GoneBoard | null = null;
  #times = 0;

  /** Why no case can be asked any more; null while one can. */
  get gone(): GoneBoard | null {
    return this.#times >= CASES_IN_A_ROW ? this.#what : null;
  }

  /** Takes down how a case ended; null for one that was not lost. */
  add(reason: LossReason | null): void {
    const what = (reason === null ? null : BY_REASON[reason]) ?? null;
    this.#times = what === null ? 0 : what === this.#what ? this.#times + 1 : 1;
    this.#what = what;
  }
}
