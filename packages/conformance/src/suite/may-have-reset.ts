import { outcomesOf } from '../observation/intermittent.ts';
import { isLost } from '../observation/not-observed.ts';

/** Whether the board reset in a case, or may have: then it may have lost its clock. */
export function mayHaveReset(value: unknown): boolean {
  return isLost(value) || outcomesOf(value).some((one) => (one.value as { end?: unknown } | null)?.end === 'crashes');
}
