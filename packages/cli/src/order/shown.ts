import { equalBehaviour } from '@wirewrap/conformance';

/** How a case ended in one run. */
export interface Shown {
  /** What it observed; of a test of one's own how it ended. */
  readonly value: unknown;
  /** Whether it would turn a run red; null where it was not asked to its end, or cannot be. */
  readonly verdict: 'passes' | 'fails' | null;
  /** The value in a few words. */
  readonly text: string;
}

/** Whether two runs of a case say the same of it. */
export function showsSame(a: Shown, b: Shown): boolean {
  return a.verdict === b.verdict && equalBehaviour(a.value, b.value);
}
