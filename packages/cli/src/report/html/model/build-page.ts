import type { RunRecord } from '@wirewrap/conformance';
import type { ReportRun } from '../../report-run.ts';
import { buildFindings } from './build-findings.ts';
import { buildCaseRows, buildClaimRows } from './build-rows.ts';
import { buildDistributions, buildSeries } from './build-series.ts';
import type { FailureView, PageData, PageModel } from './page-model.ts';
import { buildRunViews } from './run-view.ts';

/** Turns records and details into what the page shows at once, and what its script shows when it is asked. */
export function buildPage(
  reportRuns: readonly ReportRun[],
  history: readonly RunRecord[] = [],
): { readonly model: PageModel; readonly data: PageData } {
  const runs = buildRunViews(reportRuns);
  const claims = buildClaimRows(reportRuns);
  const cases = buildCaseRows(reportRuns);
  const findings = buildFindings(reportRuns, claims);
  const distributions = buildDistributions(reportRuns, runs, history);
  return {
    model: { runs, findings, failures: reportRuns.flatMap(buildFailures), claims, cases, distributions },
    data: {
      runs,
      claims,
      cases,
      details: reportRuns.map(({ details }) => byCase(details?.cases ?? [], (item) => item)),
      values: reportRuns.map(({ record }) => byCase(record.observations, ({ value }) => value)),
      series: buildSeries(reportRuns, runs, history),
    },
  };
}

function buildFailures({ details }: ReportRun, run: number): FailureView[] {
  return (details?.cases ?? [])
    .filter(({ status }) => status === 'failed')
    .map(({ case: id, failureClass = 'test', error = 'failed' }) => ({
      case: id,
      run,
      failureClass,
      error: error.split('\n', 1)[0] ?? '',
    }));
}

function byCase<T extends { readonly case: string }, V>(items: readonly T[], pick: (item: T) => V): Record<string, V> {
  return Object.fromEntries(items.map((item) => [item.case, pick(item)]));
}
