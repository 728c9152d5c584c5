import { redReason } from '@wirewrap/conformance';
import { buildRunViews } from './html/model/run-view.ts';
import type { ReportRun } from './report-run.ts';

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

/** One `::error` line for each failed case and each claim that turns its run red; empty when all is well. */
export function formatAnnotations(runs: readonly ReportRun[]): string {
  const views = buildRunViews(runs);
  const annotations = runs.flatMap(({ record, details }, index): Annotation[] => {
    const name = views[index]?.name ?? '';
    const failed = (details?.cases ?? []).filter(({ status }) => status === 'failed');
    return [
      ...failed.map(({ case: id, failureClass = 'test', error = 'failed', file, line }) => ({
        title: `${id} failed on ${name} (${failureClass})`,
        message: error,
        file,
        line: line ?? 1,
      })),
      ...record.claims.flatMap((claim) => {
        const reason = redReason(claim);
        return reason === null ? [] : [{ title: `Claim ${claim.id} on ${name}`, message: reason }];
      }),
    ];
  });
  return annotations.map((annotation) => `${formatAnnotation(annotation)}\n`).join('');
}
