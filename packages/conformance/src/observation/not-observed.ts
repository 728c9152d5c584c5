/** What took a case away: nothing was learned of the firmware, and the case may be run again. */
export type LossReason =
  | 'out of memory'
  | 'the board reset'
  | 'no answer in time'
  | 'the host did not reach the board'
  | 'the supply of the board broke down'
  | 'the board sent no ClientHello';

/** Stands for a case that was lost. */
export interface Lost {
  readonly lost: LossReason;
  /** What showed it, such as the error. */
  readonly detail?: string;
}

/** What kept a case from being asked when it was not the firmware: it says nothing of the board. */
export type Limit = 'host' | 'network' | 'engine';

/** Stands for a case that could not be asked of this board. */
export interface Unavailable {
  /** The reason, for a reader. */
  readonly unavailable: string;
  /** Absent: the firmware itself lacks what the case needs. */
  readonly limit?: Limit;
}

export function isUnavailable(value: unknown): value is Unavailable {
  return value !== null && typeof value === 'object' && 'unavailable' in value;
}

export function isLost(value: unknown): value is Lost {
  return value !== null && typeof value === 'object' && 'lost' in value;
}

/** Whether a value is an observation of the firmware. */
export function isJudgeable(value: unknown): boolean {
  return value !== undefined && !isUnavailable(value) && !isLost(value);
}
