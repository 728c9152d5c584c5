import type { ReportRun } from '../../report-run.ts';
import {
  type HistoryRun,
  type NightCounts,
  nightTrend,
  runName,
  type Since,
  sinceText,
} from '../../verdict/night-trend.ts';
import type { Series, TrendView } from './page-model.ts';

function line(
  name: string,
  nights: readonly NightCounts[],
  run: number,
  countOf: (night: NightCounts) => number | null,
): Series[] {
  const points = nights.flatMap((night, index) => {
    const value = countOf(night);
    const current = index === nights.length - 1;
    return value === null ? [] : [{ value, run: current ? run : null, label: runName(night.name) }];
  });
  return points.length < 2 ? [] : [{ case: '', name, unit: 'count', points }];
}

function inWords(map: ReadonlyMap<string, Since>): Record<string, string> {
  return Object.fromEntries([...map].map(([id, since]) => [id, sinceText(since)]));
}

/** Each run against the earlier runs of its machine; null where there are none. */
export function buildTrends(runs: readonly ReportRun[], history: readonly HistoryRun[]): (TrendView | null)[] {
  return runs.map(({ record, baseline }, run) => {
    const own = history.filter((earlier) => earlier.record.board.machine === record.board.machine);
    if (own.length === 0) return null;
    const { nights, redClaims, changedCases } = nightTrend(record, own, baseline ?? null);
    return {
      lines: [
        ...line('red claims', nights, run, (night) => night.redClaims),
        ...line('observations that differ from the baseline', nights, run, (night) => night.changed),
        ...line('lost cases', nights, run, (night) => night.lost),
      ],
      claims: inWords(redClaims),
      cases: inWords(changedCases),
    };
  });
}
