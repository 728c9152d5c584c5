import { recordName } from '../compare/compare-runs.ts';
import type { Comparison } from '../compare/comparison.ts';
import { describeChange, formatComparison } from '../compare/format-comparison.ts';
import { findingsOf } from '../findings/findings-of.ts';
import type { ClaimResult, RunRecord } from '../run-record.ts';
import { redReason, wasNotAsked } from '../verdict/judge-claim.ts';
import { formatClaimTable } from './claim-table.ts';
import { type Paint, painter } from './paint.ts';
import type { RunVerdict } from './run-verdict.ts';
import { wrapText } from './wrap-text.ts';

export interface FormatRunOptions {
  readonly verdict: RunVerdict;
  readonly comparison?: Comparison | null;
  /** The baseline's path. */
  readonly baseline?: string | undefined;
  /** Columns of the terminal. Default 100. */
  readonly columns?: number | undefined;
  /** Every statement and finding in full, and every change. Default false. */
  readonly verbose?: boolean | undefined;
  /** Default false. */
  readonly colours?: boolean | undefined;
  /** The record's path. */
  readonly path?: string | undefined;
  /** The page's path. */
  readonly page?: string | undefined;
}

/** Changes that are told unless `verbose`. */
const CHANGES_SHOWN = 12;

const NAME_OF_SEVERITY = { hole: 'HOLE', crash: 'CRASH', trap: 'TRAP' } as const;
const STYLE_OF_SEVERITY = { hole: 'red', crash: 'red', trap: 'yellow' } as const;

class Screen {
  readonly lines: string[] = [];
  readonly #columns: number;
  readonly #paint: Paint;

  constructor(columns: number, paint: Paint) {
    this.#columns = columns;
    this.#paint = paint;
  }

  /** A paragraph, wrapped; its first line starts with `head`, the others below what follows it. */
  add(text: string, { style = [], head = '' }: { style?: Parameters<Paint>[0]; head?: string } = {}): void {
    const wrapped = wrapText(`${head}${text}`, this.#columns, 0, Math.min(head.length, 18));
    for (const line of wrapped) this.lines.push(style.length === 0 ? line : this.#paint(style, line));
  }

  title(text: string): void {
    if (this.lines.length > 0) this.lines.push('');
    this.add(text, { style: 'bold' });
  }
}

function addRed(screen: Screen, claims: readonly ClaimResult[]): void {
  const red = claims.filter((claim) => redReason(claim) !== null);
  if (red.length === 0) return;
  screen.title('Deviations that are not known');
  for (const claim of red) {
    screen.add(`${claim.statement} (${claim.id})`, { head: '  ', style: 'red' });
    screen.add(claim.observed, { head: '    observed: ' });
    if (claim.verdict === 'conforms') screen.add(`went away: ${claim.knownDeviation}`, { head: '    ' });
  }
}

function addChanges(screen: Screen, { comparison, baseline, verbose }: FormatRunOptions): void {
  if (comparison == null || !comparison.changed) return;
  screen.title(`Changed against ${baseline ?? comparison.before}`);
  const shown = verbose === true ? comparison.observations : comparison.observations.slice(0, CHANGES_SHOWN);
  for (const change of shown) {
    const [head = '', before = '', after = ''] = describeChange(change);
    screen.add(head, { head: '  ', style: 'red' });
    screen.add(before.trim().slice(2), { head: '    - ' });
    screen.add(after.trim().slice(2), { head: '    + ' });
  }
  const more = comparison.observations.length - shown.length;
  if (more > 0) screen.add(`and ${more} more (--verbose tells all)`, { head: '  ' });
}

/** One line each: cut, not wrapped. */
function addKnown(screen: Screen, claims: readonly ClaimResult[], columns: number): void {
  const known = claims.filter((claim) => claim.verdict === 'deviates' && claim.knownDeviation !== undefined);
  if (known.length === 0) return;
  screen.title('Known deviations');
  for (const { id, knownDeviation } of known) {
    const line = `  ${id}: ${knownDeviation}`;
    screen.lines.push(line.length <= columns ? line : `${line.slice(0, columns - 1)}…`);
  }
}

function addFindings(screen: Screen, record: RunRecord): void {
  const seen = findingsOf(record).filter((finding) => finding.seen === true);
  if (seen.length === 0) return;
  screen.title('Findings');
  for (const { severity, title, advice } of seen) {
    screen.add(title, { head: `  ${NAME_OF_SEVERITY[severity].padEnd(6)} `, style: STYLE_OF_SEVERITY[severity] });
    screen.add(advice, { head: '         ' });
  }
}

/** What the run did not ask is counted apart: it says nothing of the firmware. */
function countsOf({ claims, observations }: RunRecord): string {
  const asked = claims.filter((claim) => !wasNotAsked(claim));
  const count = (verdict: string): number => asked.filter((claim) => claim.verdict === verdict).length;
  const known = asked.filter((claim) => claim.verdict === 'deviates' && claim.knownDeviation !== undefined).length;
  const left = claims.length - asked.length;
  return [
    `${observations.length} observations; ${asked.length} statements: ${count('conforms')} conform`,
    `${count('deviates')} deviate (${known} known)`,
    `${count('not-applicable')} not applicable`,
    `${count('inconclusive')} inconclusive${left === 0 ? '' : `; ${left} more were not asked`}`,
  ].join(', ');
}

/**
 * The end of a run at a terminal: deviations that are not known, changes against the baseline, known deviations one line
 * each, findings, the sentence, counts, paths. `verbose` puts every statement and the whole comparison before it.
 */
export function formatRun(record: RunRecord, options: FormatRunOptions): string {
  const { verdict, verbose, path, page, comparison, baseline } = options;
  const columns = Math.max(40, options.columns ?? 100);
  const paint = painter(options.colours ?? false);
  const screen = new Screen(columns, paint);
  screen.title(recordName(record));
  addRed(screen, record.claims);
  addChanges(screen, options);
  addKnown(screen, record.claims, columns);
  addFindings(screen, record);
  screen.lines.push('');
  screen.add(verdict.sentence, { style: ['bold', verdict.red ? 'red' : 'green'] });
  screen.add(countsOf(record));
  if (path !== undefined) screen.add(path, { head: 'Record: ' });
  if (page !== undefined) screen.add(page, { head: 'Page: ' });
  const all =
    verbose === true
      ? [
          formatClaimTable(record, { columns }),
          ...(comparison == null
            ? []
            : [`Against ${baseline ?? comparison.before}:\n${formatComparison(comparison)}\n`]),
        ]
      : [];
  return `\n${all.join('\n')}${screen.lines.join('\n')}\n`;
}
