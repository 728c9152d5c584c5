import { styleText } from 'node:util';
import { alignedTable } from '../aligned-table.ts';
import type { Matrix, MatrixCell, MatrixKind, MatrixMark, MatrixRow } from './matrix.ts';

/** How a matrix is written. */
export type MatrixFormat = 'table' | 'markdown' | 'json';

/** How the matrix of firmwares is written. */
export interface FormatMatrixOptions {
  /** Default `table`, for a terminal. */
  readonly format?: MatrixFormat;
  /** All rows; without it only those in which firmwares differ, and findings. Default false. */
  readonly all?: boolean;
}

const HEADINGS: Readonly<Record<MatrixKind, string>> = {
  finding: 'Findings',
  claim: 'What the sources state',
  certificate: 'Certificates, with CERT_REQUIRED, cadata and server_hostname',
  fault: 'Faults on the wire',
};

const KINDS = Object.keys(HEADINGS) as MatrixKind[];

const COLOURS: Readonly<Record<MatrixMark, 'green' | 'red' | 'gray' | 'reset'>> = {
  good: 'green',
  bad: 'red',
  neutral: 'reset',
  unknown: 'gray',
};

/**
 * A matrix as text. Rows in which all firmwares agree are counted and left out unless `all` asks for them.
 *
 * @example process.stdout.write(formatMatrix(buildMatrix(records), { format: 'markdown', all: true }));
 */
export function formatMatrix(matrix: Matrix, { format = 'table', all = false }: FormatMatrixOptions = {}): string {
  if (format === 'json') return `${JSON.stringify(matrix, null, 2)}\n`;
  const shown = matrix.rows.filter((row) => all || row.kind === 'finding' || differs(row));
  return format === 'markdown' ? asMarkdown(matrix, shown) : asTable(matrix, shown);
}

function differs({ cells }: MatrixRow): boolean {
  return new Set(cells.filter(({ mark }) => mark !== 'unknown').map(({ word }) => word)).size > 1;
}

function asTable(matrix: Matrix, shown: readonly MatrixRow[]): string {
  const width = Math.max(...shown.map(({ id }) => id.length), 12);
  const cell = ({ mark, word }: MatrixCell, index: number): string =>
    styleText(COLOURS[mark], word.padEnd(Math.max(matrix.columns[index]?.name.length ?? 0, 14)));
  const head = matrix.columns.map(({ name }) => name.padEnd(14)).join('  ');
  const lines = [...matrix.columns.map(columnLine), ''];
  for (const kind of KINDS) {
    const rows = shown.filter((row) => row.kind === kind);
    lines.push(HEADINGS[kind], countLine(matrix, kind, rows.length));
    if (rows.length > 0) lines.push(`${''.padEnd(width)}  ${head}`.trimEnd());
    for (const { id, cells } of rows) lines.push(`${id.padEnd(width)}  ${cells.map(cell).join('  ')}`.trimEnd());
    lines.push('');
  }
  lines.push(...stepLines(matrix, (text) => text), ...matrix.contradictions.map((text) => `RED  ${text}`));
  return `${lines.join('\n').trimEnd()}\n`;
}

function columnLine({ name, machine, library, build, ja3, ja4, notes }: Matrix['columns'][number]): string {
  const facts = [machine, build, library === null ? 'TLS library unknown' : `Mbed TLS ${library}`];
  if (ja3 !== null) facts.push(`JA3 ${ja3}`);
  if (ja4 !== null) facts.push(`JA4 ${ja4}`);
  facts.push(...notes);
  return `${name}: ${facts.filter(Boolean).join('; ')}`;
}

function countLine(matrix: Matrix, kind: MatrixKind, shown: number): string {
  const all = matrix.rows.filter((row) => row.kind === kind).length;
  return shown === all ? `${all} rows` : `${shown} of ${all} rows differ; the others agree on every firmware`;
}

function stepLines({ steps }: Matrix, quote: (text: string) => string): string[] {
  return steps.map(({ before, after, changed, same }) => {
    const names = changed.slice(0, 5).map(quote).join(', ');
    const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
    return `${before} to ${after}: ${changed.length} cases changed, ${same} the same${names ? `: ${names}${more}` : ''}`;
  });
}

const SIGNS: Readonly<Record<MatrixMark, string>> = { good: '✓ ', bad: '✗ ', neutral: '', unknown: '' };

function asMarkdown(matrix: Matrix, shown: readonly MatrixRow[]): string {
  const lines = [...matrix.columns.map((column) => `- ${columnLine(column)}`), ''];
  for (const kind of KINDS) {
    const rows = shown.filter((row) => row.kind === kind);
    lines.push(`## ${HEADINGS[kind]}`, '', `${countLine(matrix, kind, rows.length)}.`, '');
    if (rows.length === 0) continue;
    const table = [
      [kind, ...matrix.columns.map(({ name }) => name), 'what it is'],
      ...rows.map(({ id, title, cells, history }) => [
        `\`${id}\``,
        ...cells.map(({ mark, word }) => `${SIGNS[mark]}${word}`),
        history === '' ? title : `${title}: ${history}`,
      ]),
    ];
    lines.push(...alignedTable(table), '');
  }
  lines.push('## From one firmware to the next', '');
  lines.push(...stepLines(matrix, (text) => `\`${text}\``).map((line) => `- ${line}`));
  return `${lines.join('\n').trimEnd()}\n`;
}
