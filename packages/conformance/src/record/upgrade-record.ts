import type { LossReason } from '../observation/not-observed.ts';
import type { ClaimResult, RunRecord, Unjudged } from '../run-record.ts';
import { lostCases } from './run-scope.ts';

/** The first version: what is a field today was a sentence there. */
export const FIRST_SCHEMA = 'wirewrap.run-record/1';

const LOSSES: Readonly<Record<string, LossReason>> = {
  'the board was out of memory': 'out of memory',
  'the board reset': 'the board reset',
  'the board did not answer in time': 'no answer in time',
  'the host did not reach the board this time': 'the host did not reach the board',
  'the board sent no ClientHello that tells which versions it offers': 'the board sent no ClientHello',
};

const LIMITS = [
  [/^the openssl command is not installed on the host$|^the host's TLS cannot present it/, 'host'],
  [/^no answer over UDP$|^the host cannot reach the board /, 'network'],
  [/^virtual board: /, 'engine'],
] as const;

function upgradeValue(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const { lost, unavailable } = value as { lost?: unknown; unavailable?: unknown };
  if (typeof lost === 'string') return { lost: LOSSES[lost] ?? lost };
  if (typeof unavailable !== 'string') return value;
  const limit = LIMITS.find(([pattern]) => pattern.test(unavailable))?.[1];
  return limit === undefined ? value : { limit, unavailable };
}

/** What stood before the names of the cases that a claim lacked. */
const NOT_RUN = 'not run: ';

const REASONS: readonly (readonly [RegExp, Unjudged])[] = [
  [new RegExp(`^${NOT_RUN}`), 'not-asked'],
  [/^lost: /, 'lost'],
  [/^the statement speaks of /, 'other-firmware'],
];

function upgradeClaim(claim: ClaimResult): ClaimResult {
  if (claim.verdict !== 'inconclusive' && claim.verdict !== 'not-applicable') return claim;
  const because = REASONS.find(([pattern]) => pattern.test(claim.observed))?.[1] ?? 'not-possible';
  return { ...claim, because };
}

/** A record of the first version as one of today's. When it was made is not known; what it left out is. */
export function upgradeRecord(first: RunRecord, schema: string): RunRecord {
  const observations = first.observations.map((item) => ({ ...item, value: upgradeValue(item.value) }));
  const claims = first.claims.map(upgradeClaim);
  const missing = new Set(
    first.claims.flatMap(({ verdict, observed }) =>
      verdict === 'inconclusive' && observed.startsWith(NOT_RUN) ? observed.slice(NOT_RUN.length).split(', ') : [],
    ),
  );
  const run = {
    startedAt: '',
    filter: missing.size > 0 ? 'a part of the cases' : null,
    total: observations.length + missing.size,
    whole: missing.size === 0,
    interrupted: false,
    notRun: [],
    lost: lostCases(observations),
  };
  // A record without claims holds measurements alone.
  return { ...first, schema, claims, observations, ...(claims.length === 0 ? {} : { run }) };
}
