import { CLAIMS } from '../claims/index.ts';
import { recordName } from '../compare/compare-runs.ts';
import { findingsOf } from '../findings/findings-of.ts';
import type { ClaimResult, RunRecord } from '../run-record.ts';
import { redReason } from '../verdict/judge-claim.ts';
import { wrapText } from './wrap-text.ts';

/** How wide the table of claims is, and what it shows. */
export interface ClaimTableOptions {
  /** Columns of the terminal. Default 100. */
  readonly columns?: number;
}

const TOPICS = new Map(CLAIMS.map((claim) => [claim.id, claim.topic]));
const CASES = new Map(CLAIMS.map((claim) => [claim.id, claim.cases]));

const SOURCES: Readonly<Record<string, string>> = { book: 'book', documentation: 'docs' };

/** Where book and documentation say opposite things, not only different ones. */
const CONTRADICTIONS: ReadonlySet<string> = new Set(['do_handshake', 'trust anchors']);

/**
 * Book and documentation against each other: which of them the firmware follows, or null when they agree.
 *
 * @example followedSource(record.claims); // 'the documentation, not the book'
 */
export function followedSource(claims: readonly ClaimResult[]): string | null {
  const verdicts = (source: string): Set<string> =>
    new Set(claims.filter((claim) => claim.source === source).map((claim) => claim.verdict));
  const [book, documentation] = [verdicts('book'), verdicts('documentation')];
  const only = (set: Set<string>, verdict: string): boolean => set.size === 1 && set.has(verdict);
  if (book.has('deviates') && only(documentation, 'conforms')) return 'the documentation, not the book';
  if (documentation.has('deviates') && only(book, 'conforms')) return 'the book, not the documentation';
  return null;
}

function findingLines(record: RunRecord, columns: number): string[] {
  const seen = findingsOf(record).filter((finding) => finding.seen === true);
  if (seen.length === 0) return [];
  return [
    'WHAT TO KNOW FIRST',
    ...seen.flatMap((finding) => [
      ...wrapText(`${finding.severity.toUpperCase().padEnd(6)} ${finding.title}`, columns, 2, 9),
      ...wrapText(`seen: ${finding.observed}`, columns, 9, 9),
      ...wrapText(`versions: ${finding.versions}. What to do: ${finding.advice}`, columns, 9, 9),
    ]),
    '',
  ];
}

function claimLines(claim: ClaimResult, columns: number): string[] {
  const mark = redReason(claim) === null ? '' : ' !';
  const head = `${claim.verdict}${mark}`.padEnd(15);
  return [
    ...wrapText(`${head} ${SOURCES[claim.source] ?? claim.source}, ${claim.role}: ${claim.statement}`, columns, 2, 18),
    ...wrapText(`observed: ${claim.observed}`, columns, 18, 18),
    ...(claim.knownDeviation === undefined ? [] : wrapText(`known: ${claim.knownDeviation}`, columns, 18, 18)),
  ];
}

/** The claims of which at least one case ran: a run that filters cut short speaks of those alone. */
function askedClaims({ claims, observations }: RunRecord): readonly ClaimResult[] {
  const ran = new Set(observations.map((observation) => observation.case));
  return claims.filter(({ id }) => (CASES.get(id) ?? []).some((name) => ran.has(name)));
}

function summary(record: RunRecord, claims: readonly ClaimResult[]): string {
  const count = (verdict: string): number => claims.filter((claim) => claim.verdict === verdict).length;
  const known = claims.filter((claim) => claim.verdict === 'deviates' && claim.knownDeviation !== undefined).length;
  const intermittent = count('intermittent') === 0 ? '' : `${count('intermittent')} intermittent, `;
  return `${claims.length} statements: ${count('conforms')} conform, ${count('deviates')} deviate (${known} known), ${intermittent}${count('not-applicable')} not applicable, ${count('inconclusive')} inconclusive; ${record.observations.length} observations`;
}

/**
 * The findings, then every statement grouped by what it speaks of, with verdict, observed fact and reason.
 *
 * @example process.stdout.write(formatClaimTable(record, { columns: 120 }));
 */
export function formatClaimTable(record: RunRecord, options: ClaimTableOptions = {}): string {
  const columns = Math.max(60, options.columns ?? 100);
  const lines = ['', recordName(record), '', ...findingLines(record, columns)];
  const asked = askedClaims(record);
  for (const [topic, claims] of Map.groupBy(asked, (claim) => TOPICS.get(claim.id) ?? 'other')) {
    lines.push(topic.toUpperCase(), ...claims.flatMap((claim) => claimLines(claim, columns)));
    const follows = CONTRADICTIONS.has(topic) ? followedSource(claims) : null;
    if (follows !== null)
      lines.push(...wrapText(`The sources contradict each other; the firmware follows ${follows}.`, columns, 18, 18));
    lines.push('');
  }
  const left = record.claims.length - asked.length;
  const leftOut =
    left === 0 ? [] : wrapText(`${left} more statements were not asked: none of their cases ran`, columns, 0, 2);
  return `${[...lines, ...wrapText(summary(record, asked), columns, 0, 2), ...leftOut].join('\n')}\n`;
}
