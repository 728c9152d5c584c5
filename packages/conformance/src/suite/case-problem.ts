import { describeValue } from '../observation/describe-value.ts';
import { isIntermittent, showsOnly } from '../observation/intermittent.ts';
import { isObservation } from '../observation/is-observation.ts';

/**
 * What fails a case by itself, whatever is claimed of it: there is nothing to record, or it did not show the same each time.
 * Null when nothing does. A reviewed baseline may know several outcomes.
 */
export function problemOf(value: unknown, known: unknown): string | null {
  if (!isObservation(value)) return 'the case observed nothing';
  return isIntermittent(value) && !showsOnly(value, known) ? describeValue(value) : null;
}
