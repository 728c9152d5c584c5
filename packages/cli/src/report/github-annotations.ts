import { describeValue, redReason, safetyOf } from '@wirewrap/conformance';
import { cutText } from './cut-text.ts';
import type { RunView } from './html/model/page-model.ts';
import { buildRunViews } from './html/model/run-view.ts';
import type { ReportRun } from './report-run.ts';
import { verdictOfRun } from './verdict/verdict-of-run.ts';

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: `%` first, then what ends a line. */
function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In properties the separators too. */
function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

export function formatAnnotation({ title, message, file, line }: Annotation): string {
  const properties = Object.entries({ file, line, title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::error ${properties.join(',')}::${escapeMessage(message)}`;
}

/** GitHub shows ten errors a step and drops the rest. */
const SHOWN = 10;
/** GitHub takes 64 KiB for all of them; an escape makes three bytes of one, so a message may have this many. */
const MESSAGE_BYTES = 1800;
const TITLE_BYTES = 240;

/** From what is worst to what is least: what a reader sees when only ten are shown. */
function annotationsOf(run: ReportRun, { name, sentence }: RunView): Annotation[] {
  const { record, details } = run;
  const { red, comparison } = verdictOfRun(run);
  const changes = (comparison?.observations ?? []).map(({ case: id, change, before, after }) => ({
    rank: ['unsafe', 'crash'].includes(safetyOf(id, after)) ? 1 : 3,
    title: `${id} ${change} on ${name}`,
    message: `${before === undefined ? 'not in the baseline' : describeValue(before)} became ${after === undefined ? 'not in this run' : describeValue(after)}`,
  }));
  const claims = record.claims.flatMap((claim) => {
    const reason = redReason(claim);
    return reason === null ? [] : [{ rank: 2, title: `Claim ${claim.id} on ${name}`, message: reason }];
  });
  const failed = (details?.cases ?? [])
    .filter(({ status }) => status === 'failed')
    .map(({ case: id, failureClass = 'test', error = 'failed', file, line }) => ({
      rank: failureClass === 'firmware' ? 2 : 4,
      title: `${id} failed on ${name} (${failureClass})`,
      message: error,
      file,
      line: line ?? 1,
    }));
  const verdict = red ? [{ rank: 0, title: `Wirewrap: ${name} is red`, message: sentence }] : [];
  return [...verdict, ...changes, ...claims, ...failed]
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ rank: _rank, ...annotation }) => annotation);
}

/**
 * `::error` lines for what turns runs red, the verdict first and then the worst; at most ten, for GitHub shows no more,
 * and the last then says how many are left out. Empty when all is well.
 *
 * @example process.stdout.write(formatAnnotations([await loadRun('results/latest.json')]));
 */
export function formatAnnotations(runs: readonly ReportRun[]): string {
  const views = buildRunViews(runs);
  const lists = runs.map((run, index) => annotationsOf(run, views[index] as RunView));
  // Verdicts of all runs before details of the first.
  const rows = Math.max(0, ...lists.map((list) => list.length));
  const all = Array.from({ length: rows }, (_, row) => lists.flatMap((list) => list[row] ?? [])).flat();
  const more = all.length - (SHOWN - 1);
  const shown: Annotation[] =
    all.length <= SHOWN
      ? all
      : [
          ...all.slice(0, SHOWN - 1),
          {
            title: `${more} more`,
            message: `${more} more failures are not shown here: the report and the JUnit file have them all.`,
          },
        ];
  return shown
    .map(
      (annotation) =>
        `${formatAnnotation({ ...annotation, title: cutText(annotation.title, TITLE_BYTES), message: cutText(annotation.message, MESSAGE_BYTES) })}\n`,
    )
    .join('');
}
