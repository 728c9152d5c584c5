import { canonicalJson } from './canonical-json.ts';
import { ENDED_BY_HOST, endedByHost } from './ended-by-host.ts';
import { isBeyondMemory } from './not-observed.ts';

interface Alerted {
  readonly boardAlert?: unknown;
  readonly end?: unknown;
}

/** What is in `boardAlert` when a reset overtook the alert on every attempt. */
export const LOST_ALERT = 'lost to a reset';

function isAlerted(value: unknown): value is Alerted {
  return value !== null && typeof value === 'object' && 'boardAlert' in value;
}

function isEndedByHost(value: unknown): boolean {
  return (value as Alerted | null)?.end === ENDED_BY_HOST;
}

/**
 * Whether two observations show the same behaviour. A fatal alert that was lost to a reset equals the same outcome with
 * the alert (docs/background/firmware-facts.md: both come from one firmware, depending on timing). Where memory ended is no
 * difference, and a connection that the host ended equals its reset and its end.
 *
 * @example equalBehaviour({ end: 'completes' }, { end: 'completes' }); // true
 */
export function equalBehaviour(a: unknown, b: unknown): boolean {
  if (canonicalJson(a) === canonicalJson(b)) return true;
  if (isBeyondMemory(a) && isBeyondMemory(b)) return true;
  if (isEndedByHost(a) || isEndedByHost(b)) return canonicalJson(endedByHost(a)) === canonicalJson(endedByHost(b));
  if (!isAlerted(a) || !isAlerted(b)) return false;
  if (a.boardAlert !== LOST_ALERT && b.boardAlert !== LOST_ALERT) return false;
  return canonicalJson({ ...a, boardAlert: null }) === canonicalJson({ ...b, boardAlert: null });
}
