import { compareRuns, isLost, type RunRecord, redReason } from '@wirewrap/conformance';
import type { ReportBaseline } from '../report-run.ts';

/** An earlier run, by the name of its file: nights are kept by their time. */
export interface HistoryRun {
  readonly name: string;
  readonly record: RunRecord;
}

/** Since when something is as it is now. */
export interface Since {
  /** The name of the earliest run in a row that shows it, the run itself not counted; null: it is new in this run. */
  readonly first: string | null;
  /** Earlier runs in a row that show it. */
  readonly runs: number;
}

/** Goes back from the newest earlier run as long as each shows it. Runs that do not say leave it open and are passed over. */
function sinceWhen(history: readonly HistoryRun[], shows: (record: RunRecord) => boolean | null): Since {
  let first: string | null = null;
  let runs = 0;
  for (const { name, record } of history.toReversed()) {
    const seen = shows(record);
    if (seen === false) break;
    if (seen === null) continue;
    first = name;
    runs += 1;
  }
  return { first, runs };
}

/** What one run counts, for a line over the nights. */
export interface NightCounts {
  readonly name: string;
  readonly redClaims: number;
  readonly lost: number;
  /** Observations that differ from the baseline; null without one. */
  readonly changed: number | null;
}

function redClaimsOf({ claims }: RunRecord): string[] {
  return claims.filter((claim) => redReason(claim) !== null).map(({ id }) => id);
}

function changedCases(record: RunRecord, baseline: ReportBaseline): string[] {
  return compareRuns(baseline.record, record).observations.map((change) => change.case);
}

/** The nights of a board, and since when each thing that is red is so. */
export interface NightTrend {
  readonly nights: readonly NightCounts[];
  readonly redClaims: ReadonlyMap<string, Since>;
  readonly changedCases: ReadonlyMap<string, Since>;
}

/**
 * Looks at a run in the light of the earlier ones, oldest first.
 *
 * @example
 * const history = await loadHistory('nights', [run], []);
 * nightTrend(run.record, history).redClaims.get('book/pem'); // { first: '2026-01-02T03-00-00Z', runs: 4 }
 */
export function nightTrend(
  record: RunRecord,
  history: readonly HistoryRun[],
  baseline: ReportBaseline | null = null,
): NightTrend {
  const all = [...history, { name: 'this run', record }].map((run) => ({
    ...run,
    red: new Set(redClaimsOf(run.record)),
    known: new Set(run.record.claims.map(({ id }) => id)),
    observed: new Set(run.record.observations.map((item) => item.case)),
    changed: baseline === null ? null : new Set(changedCases(run.record, baseline)),
  }));
  const earlier = new Map(all.map((run) => [run.record, run]));
  const now = all.at(-1);
  return {
    nights: all.map(({ name, red, changed, record: { observations } }) => ({
      name,
      redClaims: red.size,
      lost: observations.filter(({ value }) => isLost(value)).length,
      changed: changed?.size ?? null,
    })),
    redClaims: new Map(
      [...(now?.red ?? [])].map((id) => [
        id,
        sinceWhen(history, (past) => {
          const run = earlier.get(past);
          return run?.known.has(id) ? run.red.has(id) : null;
        }),
      ]),
    ),
    changedCases: new Map(
      [...(now?.changed ?? [])].map((id) => [
        id,
        sinceWhen(history, (past) => {
          const run = earlier.get(past);
          return run?.observed.has(id) ? (run.changed?.has(id) ?? null) : null;
        }),
      ]),
    ),
  };
}

/**
 * `new in this run`, `since 2026-01-02 03:00 UTC, 4 runs before this one`.
 *
 * @example sinceText({ first: '2026-01-02T03-00-00Z', runs: 4 }); // 'since 2026-01-02 03:00 UTC, 4 runs before this one'
 */
export function sinceText({ first, runs }: Since): string {
  if (first === null) return 'new in this run';
  return `since ${runName(first)}, ${runs === 1 ? 'one run' : `${runs} runs`} before this one`;
}

/** The name of a kept night is its time; others are shown as they are. */
export function runName(name: string): string {
  const time = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)/.exec(name);
  return time === null ? name : `${time[1]} ${time[2]}:${time[3]} UTC`;
}
