import { redReason } from '@wirewrap/conformance';
import { byteLength, cutText } from './cut-text.ts';
import { buildPage } from './html/model/build-page.ts';
import type { FindingView, PageModel, RunView } from './html/model/page-model.ts';
import { CLAIM_TONES, type ClaimTone } from './html/model/tones.ts';
import type { ReportRun } from './report-run.ts';

/** Rows of a table: the page holds the rest. */
const ROWS = 50;
/** Bytes of a cell before what is escaped in it. */
const CELL_BYTES = 600;
/** GitHub drops a summary above 1 MiB, whole; one of several steps' worth stays well below. */
const SUMMARY_BYTES = 900_000;

/** Text in a table cell or a line: what Markdown or HTML would take for its own is escaped, a line break becomes a space. */
export function markdownText(text: string): string {
  return cutText(text, CELL_BYTES)
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~@-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim();
}

/** The first rows of a table; cells are made of those only. */
function table<T>(head: readonly string[], rows: readonly T[], cellsOf: (row: T) => readonly string[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const more = rows.length > ROWS ? [`\n${rows.length - ROWS} more are in the report.`] : [];
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.slice(0, ROWS).map((row) => line(cellsOf(row))),
    ...more,
  ].join('\n');
}

function overview(runs: readonly RunView[]): string {
  const tones = (Object.keys(CLAIM_TONES) as ClaimTone[]).filter((tone) => runs.some((run) => run.tones[tone] > 0));
  const head = ['Firmware', 'Board', ...tones.map((tone) => CLAIM_TONES[tone].label), 'Cases'];
  return table(head, runs, (run) => [
    markdownText(run.name),
    markdownText(run.board),
    ...tones.map((tone) => String(run.tones[tone])),
    run.tests === null
      ? String(run.observations)
      : `${run.tests.passed} passed, ${run.tests.failed} failed, ${run.tests.skipped} skipped`,
  ]);
}

function finding({ title, advice, seen }: FindingView, { runs }: PageModel): string {
  const where = runs.filter((_, index) => seen[index] === true).map(({ name }) => name);
  return `- **${markdownText(title)}** (${markdownText(where.join(', '))}). ${markdownText(advice)}`.trimEnd();
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : [`### ${title}`, body];
}

function changes(view: RunView): string[] {
  if (view.changes === null || view.changes.list.length === 0) return [];
  const title = `Changed against ${markdownText(view.changes.baseline)} on ${markdownText(view.name)}`;
  const body = table(['Case', '', 'Baseline', 'This run'], view.changes.list, ({ case: id, change, before, after }) => [
    markdownText(id),
    change,
    markdownText(before),
    markdownText(after),
  ]);
  return section(title, body);
}

/** Parts as long as there is room; what is left out is said. */
function fitting(parts: readonly string[]): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    bytes += byteLength(part) + 2;
    if (bytes > SUMMARY_BYTES) return [...kept, 'More is in the report: the summary is cut here.', ''].join('\n\n');
    kept.push(part);
  }
  return [...kept, ''].join('\n\n');
}

/**
 * Markdown for `$GITHUB_STEP_SUMMARY`: the verdict, what turns the run red, failed cases, findings.
 *
 * @example await writeFile('summary.md', formatJobSummary([await loadRun('results/latest.json')]));
 */
export function formatJobSummary(runs: readonly ReportRun[]): string {
  const { model } = buildPage(runs);
  const name = (index: number): string => markdownText(model.runs[index]?.name ?? '');
  const red = runs.flatMap(({ record }, index) =>
    record.claims.flatMap((claim) => {
      const reason = redReason(claim);
      return reason === null ? [] : [{ index, statement: claim.statement, reason }];
    }),
  );
  const failed = runs.flatMap(({ details }, index) =>
    (details?.cases ?? []).filter(({ status }) => status === 'failed').map((item) => ({ index, item })),
  );
  const seen = model.findings.filter((item) => item.severity !== 'deviation' && item.seen.includes(true));
  return fitting([
    '## Wirewrap',
    ...model.runs.map((run) => `**${markdownText(run.name)}**: ${markdownText(run.sentence)}`),
    ...section(
      'Turns the run red',
      red.length === 0
        ? ''
        : table(['Firmware', 'Claim', 'Why'], red, ({ index, statement, reason }) => [
            name(index),
            markdownText(statement),
            markdownText(reason),
          ]),
    ),
    ...model.runs.flatMap(changes),
    ...section(
      'Failed cases',
      failed.length === 0
        ? ''
        : table(['Firmware', 'Case', 'Class', 'Error'], failed, ({ index, item }) => [
            name(index),
            markdownText(item.case),
            item.failureClass ?? 'test',
            markdownText(item.error ?? ''),
          ]),
    ),
    ...section(
      'Know this first',
      seen
        .slice(0, ROWS)
        .map((item) => finding(item, model))
        .join('\n'),
    ),
    ...section('Against the documentation', overview(model.runs)),
  ]);
}
