/** In the order in which they are shown. */
export const FOREIGN_LABELS = ['passed', 'expected', 'unexplained', 'lost', 'skipped', 'unimplemented'] as const;

/**
 * What a case of a foreign suite came to: `expected` is a failure that is known, with its reason; `skipped` what the test
 * itself says of the firmware; `unimplemented` what the board's `ssl` has no word for.
 */
export type ForeignLabel = (typeof FOREIGN_LABELS)[number];

/** In the order in which they are shown. */
export const FOREIGN_ROLES = ['client', 'server', 'module'] as const;

/** The board's part: one end of a connection, or none (`module`). */
export type ForeignRole = (typeof FOREIGN_ROLES)[number];

/** One case of a foreign suite on a board. */
export interface ForeignResult {
  readonly id: string;
  readonly role: ForeignRole;
  readonly label: ForeignLabel;
  /** What was seen of a failure; null where nothing failed. */
  readonly observed: string | null;
  /** Why it failed as expected, or was not given to the board; null otherwise. */
  readonly reason: string | null;
}
