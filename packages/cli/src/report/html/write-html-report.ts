import { writeWhole } from '@wirewrap/repl-driver/basics';
import type { ReportRun } from '../report-run.ts';
import type { HistoryRun } from '../verdict/night-trend.ts';
import { buildPage } from './model/build-page.ts';
import { bundleScript, readStyles } from './page-assets.ts';
import { pageDocument } from './page-document.ts';

/** What goes on the page, and where the page goes. */
export interface HtmlReportOptions {
  /** Side by side, in this order. */
  readonly runs: readonly ReportRun[];
  /** Earlier runs for the plots, oldest first. */
  readonly history?: readonly HistoryRun[];
  /** The file; folders are made. */
  readonly out: string;
}

/**
 * Writes one self-contained page: no request is needed to show it, from a file or from a server.
 *
 * @example await writeHtmlReport({ runs: [await loadRun('results/latest.json')], out: 'report.html' });
 */
export async function writeHtmlReport({ runs, history, out }: HtmlReportOptions): Promise<void> {
  const [script, styles] = await Promise.all([bundleScript(), readStyles()]);
  await writeWhole(out, pageDocument({ ...buildPage(runs, history), script, styles }));
}
