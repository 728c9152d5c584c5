import { describeValue, isIntermittent, redReason } from '@wirewrap/conformance';
import { codeSpan } from './code-span.ts';
import { byteLength } from './cut-text.ts';
import type { RunView } from './html/model/page-model.ts';
import { buildRunViews } from './html/model/run-view.ts';
import type { ReportRun } from './report-run.ts';

/** The first line of the comment, which nobody sees: by it the next run finds the comment and edits it. */
export const COMMENT_MARKER = '<!-- wirewrap: pull request on a board -->';

/** GitHub refuses a comment above 65,536 characters; a byte is at most one, and what the workflow adds has room. */
const COMMENT_BYTES = 60_000;
/** Entries of a list: the page holds the rest. */
const ENTRIES = 50;
const CUT = 'More is on the page: the comment is cut here.';

/** What the comment says besides the runs. */
export interface CommentOptions {
  /** The commit that ran, in full. */
  readonly commit?: string | undefined;
  /** Where the page is, `https://…`. */
  readonly pageUrl?: string | undefined;
}

/** A heading in bold and a list below it, cut to what a reader reads; nothing for an empty list. */
function list(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const more = entries.length > ENTRIES ? [`- ${entries.length - ENTRIES} more are on the page`] : [];
  return ['', `**${title}**`, '', ...entries.slice(0, ENTRIES).map((entry) => `- ${entry}`), ...more];
}

const counted = (number: number, one: string): string => `${number} ${number === 1 ? one : `${one}s`}`;

/** What changed, without the cases that show now this and now that. */
function changes({ changes: view }: RunView): string[] {
  if (view === null) return ['', 'Compared with no baseline.'];
  const steady = view.list.filter(({ change }) => change !== 'intermittent');
  const baseline = codeSpan(view.baseline);
  if (steady.length === 0) return ['', `No change against ${baseline}: ${counted(view.same, 'case')} the same.`];
  return list(
    `${counted(steady.length, 'case')} changed against ${baseline}`,
    steady.map(
      ({ case: id, change, before, after }) => `${codeSpan(id)} ${change}: ${codeSpan(before)} → ${codeSpan(after)}`,
    ),
  );
}

function flaky({ record }: ReportRun): string[] {
  const entries = record.observations
    .filter(({ value }) => isIntermittent(value))
    .map(({ case: id, value }) => `${codeSpan(id)}: ${codeSpan(describeValue(value))}`);
  return list('Flaky, on this one firmware: not what this change did', entries);
}

function redClaims({ record }: ReportRun): string[] {
  const entries = record.claims.flatMap((claim) => {
    const reason = redReason(claim);
    return reason === null ? [] : [`${codeSpan(claim.statement)}: ${codeSpan(reason)}`];
  });
  return list('Statements that turn it red', entries);
}

function failures({ record, details }: ReportRun): string[] {
  const unsteady = new Set(record.observations.filter(({ value }) => isIntermittent(value)).map((item) => item.case));
  const failed = (details?.cases ?? []).filter((item) => item.status === 'failed' && !unsteady.has(item.case));
  return list(
    'Failed cases',
    failed.map(
      ({ case: id, failureClass = 'test', error = 'failed' }) =>
        `${codeSpan(id)} (${codeSpan(failureClass)}): ${codeSpan(error)}`,
    ),
  );
}

function aboutRun(run: ReportRun, view: RunView): string[] {
  return [
    '',
    `### ${view.red ? '🔴 Red' : '🟢 Green'}: ${codeSpan(view.name)}, ${codeSpan(view.board)}`,
    '',
    codeSpan(view.sentence),
    ...changes(view),
    ...redClaims(run),
    ...failures(run),
    ...flaky(run),
  ];
}

/** Lines as long as there is room; that some are left out is said. */
function fitting(lines: readonly string[]): string {
  const kept: string[] = [];
  let bytes = byteLength(CUT) + 3;
  for (const line of lines) {
    bytes += byteLength(line) + 1;
    if (bytes > COMMENT_BYTES) return `${kept.join('\n').trimEnd()}\n\n${CUT}\n`;
    kept.push(line);
  }
  return `${kept.join('\n')}\n`;
}

/**
 * The Markdown of the one comment on a pull request: verdict of each run, what changed against its baseline, what failed, and,
 * apart, the cases that are flaky. Below 65,536 characters. What a board or a test wrote is in code spans.
 *
 * @example formatComment([await loadRun('results/latest.json')], { pageUrl: 'https://github.com/o/r/actions/runs/1/artifacts/2' });
 */
export function formatComment(runs: readonly ReportRun[], { commit, pageUrl }: CommentOptions = {}): string {
  const views = buildRunViews(runs);
  const red = views.filter((view) => view.red).length;
  const verdict = red === 0 ? 'green' : red === views.length ? 'red' : `${red} of ${views.length} runs red`;
  const facts = [
    ...(commit === undefined ? [] : [`Commit ${codeSpan(commit)}.`]),
    ...(pageUrl === undefined ? [] : [`[The page](<${pageUrl}>) has every case and what went over the wire.`]),
  ];
  return fitting([
    COMMENT_MARKER,
    `## Wirewrap: ${verdict}`,
    ...(facts.length === 0 ? [] : ['', facts.join(' ')]),
    ...runs.flatMap((run, index) => aboutRun(run, views[index] as RunView)),
  ]);
}
