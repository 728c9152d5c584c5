export { formatAnnotations } from './github-annotations.ts';
export { type HtmlReportOptions, writeHtmlReport } from './html/write-html-report.ts';
export { formatJobSummary } from './job-summary.ts';
export { formatJUnit } from './junit.ts';
export { latestRecords, loadHistory, loadRun } from './load-runs.ts';
export type { ReportRun } from './report-run.ts';
