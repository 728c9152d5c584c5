import type { Capabilities, Claim, ClaimSource, KnownDeviation } from '../claim/claim.ts';
import type { Pattern } from '../claim/pattern.ts';

/** A claim as a table holds it: its cases are the keys of what it expects. */
export interface ClaimRow {
  readonly id: string;
  readonly topic: string;
  readonly role: Claim['role'];
  readonly statement: string;
  readonly expects: Readonly<Record<string, Pattern>>;
  readonly needs?: Claim['needs'];
  /** Default `*`: every firmware. */
  readonly firmware?: string;
  readonly unless?: (capabilities: Capabilities) => string | null;
  readonly deviations?: readonly KnownDeviation[];
}

export function claimsOf(source: ClaimSource, rows: readonly ClaimRow[]): Claim[] {
  return rows.map((row) => ({
    firmware: '*',
    deviations: [],
    ...row,
    id: `${source}/${row.id}`,
    source,
    cases: Object.keys(row.expects),
  }));
}

/** The same expectation of several cases. */
export function each(ids: readonly string[], pattern: Pattern): Record<string, Pattern> {
  return Object.fromEntries(ids.map((id) => [id, pattern]));
}
