/** What took a case away: nothing was learned of the firmware, and the case may be run again. */
export type LossReason =
  | 'out of memory'
  | 'out of memory on a fresh board'
  | 'the board reset'
  | 'no answer in time'
  | 'the host did not reach the board'
  | 'the board did not reach the host'
  | 'the board did not join its network'
  | 'the supply of the board broke down'
  | 'the board sent no ClientHello';

/** Memory that a board lacks however fresh it is. */
export const BEYOND_MEMORY: 'out of memory on a fresh board' = 'out of memory on a fresh board';

/** Stands for a case that was lost. */
export interface Lost {
  readonly lost: LossReason;
  /** What showed it, such as the error. */
  readonly detail?: string;
}

/** Stands for a case that asks for more memory than the board has. */
export interface BeyondMemory extends Lost {
  readonly lost: typeof BEYOND_MEMORY;
}

/**
 * What kept a case from being asked when it was not the firmware: it says nothing of the board. `peer`: the fault of our own
 * peer broke its Finished, and the connection ended there.
 */
export type Limit = 'host' | 'network' | 'engine' | 'peer';

/** Stands for a case that could not be asked of this board, or not to its end. */
export interface Unavailable {
  /** The reason, for a reader. */
  readonly unavailable: string;
  /** Absent: the firmware itself lacks what the case needs. */
  readonly limit?: Limit;
}

/**
 * Whether a value says that this board or host could not be asked.
 *
 * @example isUnavailable({ unavailable: 'no DTLS' }); // true
 */
export function isUnavailable(value: unknown): value is Unavailable {
  return value !== null && typeof value === 'object' && 'unavailable' in value;
}

/**
 * Whether a value says that the case was lost.
 *
 * @example isLost({ lost: 'out of memory' }); // true
 */
export function isLost(value: unknown): value is Lost {
  return value !== null && typeof value === 'object' && 'lost' in value;
}

/**
 * Whether a value says that the case asks for more memory than the board has: it was alone on a board that was just reset.
 * That is what this firmware does with it, each time; still it says nothing of its TLS.
 *
 * @example isBeyondMemory({ lost: 'out of memory on a fresh board' }); // true
 */
export function isBeyondMemory(value: unknown): value is BeyondMemory {
  return isLost(value) && value.lost === BEYOND_MEMORY;
}

/** Whether a value is an observation of the firmware. */
export function isJudgeable(value: unknown): boolean {
  return value !== undefined && !isUnavailable(value) && !isLost(value);
}
