import type { AlertDescription } from '../tls/alert-description.ts';
import type { CorrectReaction, CorrectResult } from './fault.ts';

/** Shorthands for the column `correct` of the fault table. */
export const completes = (why: string): CorrectReaction => ({ results: ['completes'], alerts: [], why });
export const waits = (why: string): CorrectReaction => ({ results: ['waits'], alerts: [], why });
export const truncated = (why: string): CorrectReaction => ({ results: ['truncated'], alerts: [], why });
/** Aborts with one of these alerts. */
export const aborts = (alerts: readonly AlertDescription[], why: string): CorrectReaction => ({
  results: ['aborts'],
  alerts,
  why,
});
/** Aborts with one of these alerts, or without any: no version is agreed yet, or the other end notices first. */
export const abortsMaybeSilent = (alerts: readonly AlertDescription[], why: string): CorrectReaction => ({
  ...aborts(alerts, why),
  silent: true,
});
/** Where the RFC leaves it open, or where correct ends are known to differ. */
export const either = (
  results: readonly CorrectResult[],
  alerts: readonly AlertDescription[],
  why: string,
): CorrectReaction => ({
  results,
  alerts,
  silent: true,
  why,
});
