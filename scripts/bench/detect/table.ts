import type { Outcome } from './outcome.ts';

interface Line {
  readonly kind: string;
  readonly mutants: number;
  readonly triggered: number;
  readonly caught: number;
  readonly red: number;
  readonly named: number;
  readonly classFits: number;
}

const count = (outcomes: readonly Outcome[], of: (outcome: Outcome) => boolean): number => outcomes.filter(of).length;

/** Only mutants that were reached count beyond the first two columns. */
export function tableOf(outcomes: readonly Outcome[]): Line[] {
  const line = (kind: string, list: readonly Outcome[]): Line => {
    const reached = list.filter(({ triggered }) => triggered);
    return {
      kind,
      mutants: list.length,
      triggered: reached.length,
      caught: count(reached, ({ caught }) => caught),
      red: count(reached, ({ red }) => red),
      named: count(reached, ({ named }) => named),
      classFits: count(reached, ({ classFits }) => classFits),
    };
  };
  const kinds = [...Map.groupBy(outcomes, ({ kind }) => kind)].map(([kind, list]) => line(kind, list));
  return [...kinds, line('all', outcomes)];
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${part} of ${whole} (${Math.round((100 * part) / whole)} %)`;

/** As Markdown, for a note or a page. */
export function formatTable(outcomes: readonly Outcome[]): string {
  const head = ['kind', 'mutants', 'reached', 'caught with a baseline', 'red without one', 'cause named', 'class'];
  const body = tableOf(outcomes).map(({ kind, mutants, triggered, caught, red, named, classFits }) => [
    kind,
    String(mutants),
    String(triggered),
    share(caught, triggered),
    share(red, triggered),
    share(named, triggered),
    share(classFits, triggered),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((row) => (row[column] ?? '').length)));
  const text = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [text(head), text(widths.map((width) => '-'.repeat(width))), ...body.map(text)].join('\n');
}
