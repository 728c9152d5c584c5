export { formatAnnotations } from './github-annotations.ts';
export { type HtmlReportOptions, writeHtmlReport } from './html/write-html-report.ts';
export { formatJobSummary } from './job-summary.ts';
export { formatJUnit } from './junit.ts';
export { latestRecords, loadHistory, loadRun } from './load-runs.ts';
export { writeMatrixPage } from './matrix/write-matrix-page.ts';
export type { ReportBaseline, ReportRun } from './report-run.ts';
export { type HistoryRun, type NightTrend, nightTrend, type Since, sinceText } from './verdict/night-trend.ts';
export { type VerdictOfRun, verdictOfRun } from './verdict/verdict-of-run.ts';
