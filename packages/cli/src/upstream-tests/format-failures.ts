import type { UpstreamOutcome } from './run-upstream-tests.ts';

/** What is known, by its reason; then everything about failures that are not. */
export function formatFailures(outcomes: readonly UpstreamOutcome[]): string {
  const of = (label: string) => outcomes.filter(({ result }) => result.label === label);
  const known = Map.groupBy([...of('expected'), ...of('skipped')], ({ result }) => `${result.label}: ${result.reason}`);
  const lines = [...known].flatMap(([reason, each]) => ['', reason, ...each.map(({ result }) => `  ${result.id}`)]);
  for (const { result, run, expectation } of [...of('unexplained'), ...of('lost')]) {
    lines.push('', `${result.id}:`);
    if ('lines' in expectation) lines.push('  expected', ...indented(expectation.lines));
    lines.push('  printed', ...indented(run.lines));
    if (run.wire.length > 0) lines.push('  between the boards', ...indented(run.wire));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line.slice(0, 200)}`.trimEnd());
}
