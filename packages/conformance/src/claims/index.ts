import type { Claim } from '../claim/claim.ts';
import { ADVISORY_CLAIMS } from './advisories.ts';
import { BOOK_CLAIMS } from './book.ts';
import { DOCUMENTATION_CLAIMS } from './documentation.ts';
import { EXHAUSTION_CLAIMS } from './exhaustion.ts';
import { FIELD_CLAIMS } from './fields.ts';
import { LIBRARY_CLAIMS } from './libraries.ts';
import { NEWEST_CLAIMS } from './newest.ts';
import { PEER_GONE_CLAIMS } from './peergone.ts';
import { WEBPKI_CLAIMS } from './webpki.ts';

/** Statements that only the suites of `--suite` ask about. */
export const SIEGE_CLAIMS: readonly Claim[] = [
  ...ADVISORY_CLAIMS,
  ...WEBPKI_CLAIMS,
  ...LIBRARY_CLAIMS,
  ...NEWEST_CLAIMS,
  ...PEER_GONE_CLAIMS,
  ...EXHAUSTION_CLAIMS,
  ...FIELD_CLAIMS,
];

/** Every documented statement, book first. */
export const CLAIMS: readonly Claim[] = [...BOOK_CLAIMS, ...DOCUMENTATION_CLAIMS];

/** The claims that a run of these cases judges: all of the default ones, and those of the siege suites that it asks. */
export function claimsOf(asked: ReadonlySet<string>): readonly Claim[] {
  return [...CLAIMS, ...SIEGE_CLAIMS.filter(({ cases }) => cases.some((id) => asked.has(id)))];
}
