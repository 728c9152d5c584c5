import type { Capabilities, Claim, Observation } from '../claim.ts';
import { describeValue, isLost, isUnavailable } from '../observation/describe-value.ts';
import { matchesPattern } from '../observation/pattern.ts';
import type { ClaimResult } from '../run-record.ts';
import { speaksOf } from './firmware-range.ts';

const NOT_RUN = 'not run: ';

/** Whether a claim could not be judged because some of its cases did not run, as in a run that filters cut short. */
export function wasNotAsked({ verdict, observed }: ClaimResult): boolean {
  return verdict === 'inconclusive' && observed.startsWith(NOT_RUN);
}

interface Seen {
  readonly id: string;
  readonly value: unknown;
}

/** `value (case, case); value (case)`: equal facts are said once. */
function summarize(seen: readonly Seen[], limit = 4): string {
  const byText = new Map<string, string[]>();
  for (const { id, value } of seen) {
    const text = describeValue(value);
    const ids = byText.get(text) ?? [];
    ids.push(id);
    byText.set(text, ids);
  }
  const parts = [...byText].map(([text, ids]) => {
    const named = ids.slice(0, limit).join(', ');
    return `${text} (${named}${ids.length > limit ? ` and ${ids.length - limit} more` : ''})`;
  });
  return parts.join('; ');
}

/**
 * A claim against what its cases showed. `conforms` and `deviates` need every case; a case that the board cannot be
 * asked makes the claim `not-applicable`, a case that is missing or was lost makes it `inconclusive`, unless another
 * case already shows the deviation. `knownDeviation` beside `conforms` says that a written deviation went away.
 */
export function judgeClaim(
  claim: Claim,
  observations: ReadonlyMap<string, unknown>,
  capabilities: Capabilities,
): ClaimResult {
  const { id, source, role, statement } = claim;
  const result = (verdict: ClaimResult['verdict'], observed: string, knownDeviation?: string): ClaimResult => ({
    id,
    source,
    role,
    statement,
    verdict,
    observed,
    ...(knownDeviation === undefined ? {} : { knownDeviation }),
  });
  const version = capabilities.shape ?? capabilities.version;
  if (!speaksOf(claim.firmware, version)) {
    return result('not-applicable', `the statement speaks of ${claim.firmware}, this firmware is ${version}`);
  }
  const impossible = claim.unless?.(capabilities) ?? null;
  if (impossible !== null) return result('not-applicable', impossible);
  const present: Seen[] = claim.cases
    .filter((name) => observations.has(name))
    .map((name) => ({ id: name, value: observations.get(name) }));
  const judged = present.filter(({ value }) => !isUnavailable(value) && !isLost(value));
  const against = judged.filter(({ id: name, value }) => !matchesPattern(value, claim.expects[name] ?? null));
  const enough = claim.needs === 'some' && against.length < judged.length;
  const known = claim.deviations.find((deviation) => deviation.when(capabilities))?.reason;
  if (against.length > 0 && !enough) return result('deviates', summarize(against), known);
  const missing = claim.cases.filter((name) => !observations.has(name));
  if (missing.length > 0) return result('inconclusive', `${NOT_RUN}${missing.join(', ')}`);
  const lost = present.filter(({ value }) => isLost(value));
  if (lost.length > 0) return result('inconclusive', summarize(lost));
  const unavailable = present.filter(({ value }) => isUnavailable(value));
  if (unavailable.length > 0) return result('not-applicable', summarize(unavailable));
  const shown = enough ? judged.filter((seen) => !against.includes(seen)) : judged;
  return result('conforms', summarize(shown), known);
}

export function judgeClaims(
  claims: readonly Claim[],
  observations: readonly Observation[],
  capabilities: Capabilities,
): ClaimResult[] {
  const values = new Map(observations.map((observation) => [observation.case, observation.value]));
  return claims.map((claim) => judgeClaim(claim, values, capabilities));
}

/** Why a claim's result turns a run red, or null. */
export function redReason(result: ClaimResult): string | null {
  if (result.verdict === 'deviates' && result.knownDeviation === undefined) {
    return `${result.id} deviates and no known deviation is written down for this firmware: ${result.observed}`;
  }
  if (result.verdict === 'conforms' && result.knownDeviation !== undefined) {
    return `${result.id} conforms although a deviation is written down (${result.knownDeviation}): the deviation went away`;
  }
  return null;
}
