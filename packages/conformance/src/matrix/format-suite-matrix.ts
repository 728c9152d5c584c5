import { alignedTable } from '../aligned-table.ts';
import type { SuiteColumn, SuiteMatrix, SuiteRow } from './suite-matrix.ts';

const LACKS = 'not run';

/** How the matrix of a foreign suite is written. */
export interface FormatSuiteMatrixOptions {
  /** Default `table`, for a terminal. */
  readonly format?: 'table' | 'markdown';
  /** All cases; without it only those in which firmwares differ. Default false. */
  readonly all?: boolean;
}

/**
 * Firmwares on a suite of others: counts by label, then the cases in which they differ.
 *
 * @example process.stdout.write(buildSuiteMatrices(records).map((each) => formatSuiteMatrix(each)).join('\n'));
 */
export function formatSuiteMatrix(
  matrix: SuiteMatrix,
  { format = 'table', all = false }: FormatSuiteMatrixOptions = {},
): string {
  const { title, columns, rows } = matrix;
  const shown = rows.filter((row) => all || differs(row));
  const count =
    shown.length === rows.length
      ? `${rows.length} cases`
      : `${shown.length} of ${rows.length} cases differ; the others have one label on every firmware that ran them`;
  const lines =
    format === 'markdown'
      ? [
          `## ${title}`,
          '',
          ...columns.map((each) => `- ${columnLine(each)}`),
          '',
          `${count}.`,
          '',
          ...markdown(columns, shown),
        ]
      : [title, ...columns.map((each) => `  ${columnLine(each)}`), count, ...table(columns, shown)];
  return `${lines.join('\n').trimEnd()}\n`;
}

function differs({ labels }: SuiteRow): boolean {
  return new Set(labels.filter((label) => label !== null)).size > 1;
}

function columnLine({ name, what, counts }: SuiteColumn): string {
  const numbers = Object.entries(counts).map(([label, number]) => `${number} ${label}`);
  return `${name}: ${what}; ${numbers.join(', ')}`;
}

function table(columns: readonly SuiteColumn[], rows: readonly SuiteRow[]): string[] {
  if (rows.length === 0) return [];
  const cells = [['', ...columns.map(({ name }) => name)], ...rows.map(({ id, labels }) => [id, ...labels.map(word)])];
  const widths = cells[0]?.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0))) ?? [];
  return cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function markdown(columns: readonly SuiteColumn[], rows: readonly SuiteRow[]): string[] {
  if (rows.length === 0) return [];
  const head = ['case', ...columns.map(({ name }) => name), 'why'];
  return alignedTable([
    head,
    ...rows.map(({ id, labels, reason }) => [`\`${id}\``, ...labels.map(word), reason ?? '']),
  ]);
}

function word(label: string | null): string {
  return label ?? LACKS;
}
