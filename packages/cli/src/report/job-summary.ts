import { redReason } from '@wirewrap/conformance';
import { buildPage } from './html/model/build-page.ts';
import type { FindingView, PageModel, RunView } from './html/model/page-model.ts';
import { CLAIM_TONES, type ClaimTone } from './html/model/tones.ts';
import type { ReportRun } from './report-run.ts';

/** GitHub takes 1 MiB a step: the page holds the rest. */
const ROWS = 50;

/** Text in a table cell or a line: what Markdown or HTML would take for its own is escaped, a line break becomes a space. */
export function markdownText(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~@-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim();
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const more = rows.length > ROWS ? [`\n${rows.length - ROWS} more are in the report.`] : [];
  return [line(head), line(head.map(() => '---')), ...rows.slice(0, ROWS).map(line), ...more].join('\n');
}

function overview(runs: readonly RunView[]): string {
  const tones = (Object.keys(CLAIM_TONES) as ClaimTone[]).filter((tone) => runs.some((run) => run.tones[tone] > 0));
  const rows = runs.map((run) => [
    markdownText(run.name),
    markdownText(run.board),
    ...tones.map((tone) => String(run.tones[tone])),
    run.tests === null
      ? String(run.observations)
      : `${run.tests.passed} passed, ${run.tests.failed} failed, ${run.tests.skipped} skipped`,
  ]);
  return table(['Firmware', 'Board', ...tones.map((tone) => CLAIM_TONES[tone].label), 'Cases'], rows);
}

function finding({ title, advice, seen }: FindingView, { runs }: PageModel): string {
  const where = runs.filter((_, index) => seen[index] === true).map(({ name }) => name);
  return `- **${markdownText(title)}** (${markdownText(where.join(', '))}). ${markdownText(advice)}`.trimEnd();
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : [`### ${title}`, body];
}

/** Markdown for `$GITHUB_STEP_SUMMARY`: totals, what turns the run red, failed cases, findings. */
export function formatJobSummary(runs: readonly ReportRun[]): string {
  const { model } = buildPage(runs);
  const name = (index: number): string => markdownText(model.runs[index]?.name ?? '');
  const red = runs.flatMap(({ record }, index) =>
    record.claims.flatMap((claim) => {
      const reason = redReason(claim);
      return reason === null ? [] : [[name(index), markdownText(claim.statement), markdownText(reason)]];
    }),
  );
  const failed = runs.flatMap(({ details }, index) =>
    (details?.cases ?? [])
      .filter(({ status }) => status === 'failed')
      .map((item) => [
        name(index),
        markdownText(item.case),
        item.failureClass ?? 'test',
        markdownText(item.error ?? ''),
      ]),
  );
  const seen = model.findings.filter((item) => item.severity !== 'deviation' && item.seen.includes(true));
  return [
    '## Wirewrap',
    overview(model.runs),
    ...section('Turns the run red', red.length === 0 ? '' : table(['Firmware', 'Claim', 'Why'], red)),
    ...section('Failed cases', failed.length === 0 ? '' : table(['Firmware', 'Case', 'Class', 'Error'], failed)),
    ...section(
      'Know this first',
      seen
        .slice(0, ROWS)
        .map((item) => finding(item, model))
        .join('\n'),
    ),
    '',
  ].join('\n\n');
}
