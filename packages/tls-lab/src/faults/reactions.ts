import type { AlertDescription } from '../tls/alert-description.ts';
import type { SoundReaction, SoundResult } from './fault.ts';

/** Shorthands for the column `sound` of the fault table. */
export const completes = (why: string): SoundReaction => ({ results: ['completes'], alerts: [], why });
export const waits = (why: string): SoundReaction => ({ results: ['waits'], alerts: [], why });
export const truncated = (why: string): SoundReaction => ({ results: ['truncated'], alerts: [], why });
/** Aborts with one of these alerts. */
export const aborts = (alerts: readonly AlertDescription[], why: string): SoundReaction => ({
  results: ['aborts'],
  alerts,
  why,
});
/** Aborts with one of these alerts, or without any: no version is agreed yet, or the other end notices first. */
export const abortsMaybeSilent = (alerts: readonly AlertDescription[], why: string): SoundReaction => ({
  ...aborts(alerts, why),
  silent: true,
});
/** Where the RFC leaves it open, or where sound ends are known to differ. */
export const either = (
  results: readonly SoundResult[],
  alerts: readonly AlertDescription[],
  why: string,
): SoundReaction => ({
  results,
  alerts,
  silent: true,
  why,
});
