import { readBaseline } from '@wirewrap/conformance';
import { loadHistory, loadRun, nightTrend, type Since, verdictOfRun } from '../report/index.ts';

/** What a night found, for `nightly.json`. */
export interface NightVerdict {
  readonly red: boolean;
  /** Verdict, holes, what changed against which baseline, what was lost and why. */
  readonly sentence: string;
  /** Claims that are red, and since when: `first` is the name of a record in the history folder. */
  readonly redClaims: readonly (Since & { readonly id: string })[];
  /** Cases that differ from the baseline. */
  readonly changed: readonly (Since & { readonly case: string })[];
  /** Cases whose test failed. */
  readonly failed: readonly string[];
}

/**
 * Judges the record of a night against its baseline, and looks up since when each red thing is red. The folder of earlier
 * nights must be there.
 */
export async function judgeNight(record: string, baseline: string | undefined, history: string): Promise<NightVerdict> {
  const reviewed = baseline === undefined ? null : { name: baseline, record: await readBaseline(baseline) };
  const run = { ...(await loadRun(record)), baseline: reviewed };
  const { red, sentence, failed } = verdictOfRun(run);
  const nights = await loadHistory(history, [run], [record]);
  const { redClaims, changedCases } = nightTrend(run.record, nights, reviewed);
  return {
    red,
    sentence,
    redClaims: [...redClaims].map(([id, since]) => ({ id, ...since })),
    changed: [...changedCases].map(([id, since]) => ({ case: id, ...since })),
    failed,
  };
}
