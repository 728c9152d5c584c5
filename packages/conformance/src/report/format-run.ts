import { recordName } from '../compare/compare-runs.ts';
import type { Comparison } from '../compare/comparison.ts';
import { describeChange, formatComparison } from '../compare/format-comparison.ts';
import { findingsOf } from '../findings/findings-of.ts';
import { describeValue } from '../observation/describe-value.ts';
import { isIntermittent } from '../observation/intermittent.ts';
import { isOwnOnly, scopeOf } from '../record/run-scope.ts';
import type { ClaimResult, RunRecord } from '../run-record.ts';
import { redReason, wasNotAsked } from '../verdict/judge-claim.ts';
import { formatClaimTable } from './claim-table.ts';
import { contradictionOf, cvePanelOf } from './cve-panel.ts';
import { exhaustionTableOf } from './exhaustion-table.ts';
import { type Paint, painter } from './paint.ts';
import { profileLines } from './profile-table.ts';
import type { RunVerdict } from './run-verdict.ts';
import { wrapText } from './wrap-text.ts';

/** How much of a run is reported, and how wide. */
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

/** Where the words begin in a line of the profile. */
const PROFILE_INDENT = 13;

/** Changes that are reported unless `verbose`. */
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
  const red = claims.filter((claim) => redReason(claim) !== null && claim.verdict !== 'intermittent');
  if (red.length === 0) return;
  screen.title('Deviations that are not known');
  for (const claim of red) {
    screen.add(`${claim.statement} (${claim.id})`, { head: '  ', style: 'red' });
    screen.add(claim.observed, { head: '    observed: ' });
    if (claim.verdict === 'conforms') screen.add(`went away: ${claim.knownDeviation}`, { head: '    ' });
  }
}

/** Cases that showed several outcomes, how often each, and the statements that rest on them. */
function addIntermittent(screen: Screen, { claims, observations }: RunRecord): void {
  const cases = observations.filter(({ value }) => isIntermittent(value));
  if (cases.length === 0) return;
  screen.title('Intermittent');
  for (const { case: id, value } of cases) {
    screen.add(id, { head: '  ', style: 'red' });
    screen.add(describeValue(value).replace(/^intermittent: /, ''), { head: '    ' });
  }
  for (const claim of claims.filter(({ verdict }) => verdict === 'intermittent')) {
    screen.add(`${claim.statement} (${claim.id})`, { head: '  not always: ' });
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

const STYLE_OF_STATE = { vulnerable: 'red', fixed: 'green' } as const;

/** The advisories of the TLS library, where the run asked for them. */
function addPanel(screen: Screen, record: RunRecord): void {
  const panel = cvePanelOf(record);
  if (panel === null) return;
  screen.title(`Advisories, tested by handshake with mbedTLS ${panel.library ?? 'of unknown version'}`);
  for (const row of panel.rows) {
    const style = row.state in STYLE_OF_STATE ? STYLE_OF_STATE[row.state as keyof typeof STYLE_OF_STATE] : [];
    const against = contradictionOf(row);
    screen.add(row.title, { head: `  ${row.id.padEnd(15)} ${row.state.padEnd(14)} `, style });
    screen.add(`${row.seen}${against === '' ? '' : ` (${against})`}`, { head: '                  ' });
  }
}

/** The board under siege, where the run asked for it: the outcome of each case, and its numbers. */
function addExhaustion(screen: Screen, record: RunRecord): void {
  const rows = exhaustionTableOf(record);
  if (rows.length === 0) return;
  screen.title('Under siege');
  for (const row of rows) {
    screen.add(row.value, { head: `  ${row.case.padEnd(30)} ` });
    if (row.numbers !== '') screen.add(row.numbers, { head: '                  ' });
  }
}

/** Where the time went, where it was asked for. */
function addProfile(screen: Screen, record: RunRecord): void {
  const { profile } = scopeOf(record);
  if (profile === undefined) return;
  const { title, lines } = profileLines(profile);
  screen.title(title);
  for (const line of lines) screen.add(line.slice(PROFILE_INDENT), { head: line.slice(0, PROFILE_INDENT) });
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
    ...(count('intermittent') === 0 ? [] : [`${count('intermittent')} intermittent`]),
    `${count('not-applicable')} not applicable`,
    `${count('inconclusive')} inconclusive${left === 0 ? '' : `; ${left} more were not asked`}`,
  ].join(', ');
}

/**
 * The end of a run at a terminal: deviations that are not known, changes against the baseline, known deviations one line
 * each, findings, the sentence, counts, paths. `verbose` puts every statement and the whole comparison before it.
 *
 * @example process.stdout.write(formatRun(record, { verdict: runVerdict(record), verbose: true }));
 */
export function formatRun(record: RunRecord, options: FormatRunOptions): string {
  const { verdict, verbose, path, page, comparison, baseline } = options;
  const columns = Math.max(40, options.columns ?? 100);
  const paint = painter(options.colours ?? false);
  const screen = new Screen(columns, paint);
  screen.title(recordName(record));
  addRed(screen, record.claims);
  addIntermittent(screen, record);
  addChanges(screen, options);
  addKnown(screen, record.claims, columns);
  addPanel(screen, record);
  addExhaustion(screen, record);
  addFindings(screen, record);
  addProfile(screen, record);
  screen.lines.push('');
  screen.add(verdict.sentence, { style: ['bold', verdict.red ? 'red' : 'green'] });
  if (!isOwnOnly(record)) screen.add(countsOf(record));
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
