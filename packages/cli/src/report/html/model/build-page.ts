import { caseQuestion } from '@wirewrap/conformance';
import type { ReportRun } from '../../report-run.ts';
import type { HistoryRun } from '../../verdict/night-trend.ts';
import { buildFindings } from './build-findings.ts';
import { buildCaseRows, buildClaimRows } from './build-rows.ts';
import { buildDistributions, buildSeries } from './build-series.ts';
import { buildTrends } from './build-trends.ts';
import type { CaseRow, FailureView, PageData, PageModel, QuestionView } from './page-model.ts';
import { buildRunViews } from './run-view.ts';

/** Turns records and details into what the page shows at once, and what its script shows when it is asked. */
export function buildPage(
  reportRuns: readonly ReportRun[],
  history: readonly HistoryRun[] = [],
): { readonly model: PageModel; readonly data: PageData } {
  const runs = buildRunViews(reportRuns);
  const claims = buildClaimRows(reportRuns);
  const cases = buildCaseRows(reportRuns);
  const findings = buildFindings(reportRuns, claims);
  const trends = buildTrends(reportRuns, history);
  const distributions = buildDistributions(reportRuns, runs, history);
  return {
    model: { runs, findings, failures: reportRuns.flatMap(buildFailures), claims, cases, distributions, trends },
    data: {
      runs,
      claims,
      cases,
      details: reportRuns.map(({ details }) => byCase(details?.cases ?? [], (item) => item)),
      values: reportRuns.map(({ record }) => byCase(record.observations, ({ value }) => value)),
      series: buildSeries(reportRuns, runs, history),
      questions: buildQuestions(cases),
    },
  };
}

/** The cases of the page that have a question, in words. */
function buildQuestions(cases: readonly CaseRow[]): Record<string, QuestionView> {
  return Object.fromEntries(
    cases.flatMap(({ id }) => {
      const question = caseQuestion(id);
      if (question === null) return [];
      const { posed, wrong, careful, others } = question;
      return [[id, { posed, wrong, careful, ...(others === undefined ? {} : { others }) }]];
    }),
  );
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
