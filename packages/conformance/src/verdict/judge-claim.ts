import type { Capabilities, Claim, KnownDeviation, Observation, Verdict } from '../claim/claim.ts';
import { matchesPattern } from '../claim/pattern.ts';
import { describeValue } from '../observation/describe-value.ts';
import { isIntermittent, outcomesOf } from '../observation/intermittent.ts';
import { isJudgeable, isLost, isUnavailable } from '../observation/not-observed.ts';
import type { ClaimResult, Unjudged } from '../run-record.ts';
import { speaksOf } from './firmware-range.ts';

/** Whether a claim could not be judged because the run left cases of it out, as one that filters cut short. */
export function wasNotAsked({ because }: ClaimResult): boolean {
  return because === 'not-asked';
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

/** What is in the way of a verdict; the first that applies is reported. */
function unjudged(
  claim: Claim,
  observations: ReadonlyMap<string, unknown>,
  asked: ReadonlySet<string>,
): { because: Unjudged; observed: string } | null {
  const left = claim.cases.filter((name) => !asked.has(name));
  if (left.length > 0) return { because: 'not-asked', observed: `not asked: ${left.join(', ')}` };
  const missing = claim.cases.filter((name) => !observations.has(name));
  if (missing.length > 0) return { because: 'not-run', observed: `asked and not observed: ${missing.join(', ')}` };
  const seen = claim.cases.map((id) => ({ id, value: observations.get(id) }));
  const lost = seen.filter(({ value }) => isLost(value));
  if (lost.length > 0) return { because: 'lost', observed: summarize(lost) };
  const impossible = seen.filter(({ value }) => isUnavailable(value));
  return impossible.length > 0 ? { because: 'not-possible', observed: summarize(impossible) } : null;
}

/** A crash is never what a source documents. */
function isCrash(value: unknown): boolean {
  return (value as { end?: unknown } | null)?.end === 'crashes';
}

/** Whether a deviation speaks of this firmware. */
function isOf(deviation: KnownDeviation, capabilities: Capabilities, version: string): boolean {
  const { firmware = '*', platforms = [capabilities.platform] } = deviation;
  return speaksOf(firmware, version) && platforms.includes(capabilities.platform) && deviation.when(capabilities);
}

/** Whether a value shows what the claim says of this case; of an intermittent case, each of its outcomes. */
function fits({ expects }: Claim, { id, value }: Seen): boolean {
  return outcomesOf(value).every((one) => !isCrash(one.value) && matchesPattern(one.value, expects[id] ?? null));
}

/**
 * The case that decides a verdict: the first that shows it, or the first against it; null where none was observed.
 *
 * @example decidingCase(claim, 'deviates', values) // 'client/required/expired'
 */
export function decidingCase(claim: Claim, verdict: Verdict, values: ReadonlyMap<string, unknown>): string | null {
  const wanted = verdict === 'conforms';
  const found = claim.cases.find((id) => {
    const value = values.get(id);
    return isJudgeable(value) && fits(claim, { id, value }) === wanted;
  });
  return found ?? null;
}

/** Whether a claim is one that says something of this firmware. */
function isJudged(claim: Claim, capabilities: Capabilities, version: string): boolean {
  return speaksOf(claim.firmware, version) && (claim.unless?.(capabilities) ?? null) === null;
}

function knownOf(claim: Claim, capabilities: Capabilities): readonly KnownDeviation[] {
  const version = capabilities.shape ?? capabilities.version;
  return claim.deviations.filter((deviation) => isOf(deviation, capabilities, version));
}

/**
 * Whether what one case showed is against a claim by itself, and no known deviation: where one case of several is enough,
 * none is.
 *
 * @example isAgainst(claim, 'client/required/expired', { end: 'completes' }, capabilities); // true
 */
export function isAgainst(claim: Claim, id: string, value: unknown, capabilities: Capabilities): boolean {
  const seen = { id, value };
  if (claim.needs === 'some' || !isJudgeable(value) || fits(claim, seen)) return false;
  if (!isJudged(claim, capabilities, capabilities.shape ?? capabilities.version)) return false;
  return excuseOf(knownOf(claim, capabilities), [seen]).knownDeviation === undefined;
}

function reasonOf([first]: readonly KnownDeviation[]): Pick<ClaimResult, 'knownDeviation'> {
  return first === undefined ? {} : { knownDeviation: first.reason };
}

/** The reasons of the deviations that were seen, when they excuse every case against the claim. */
function excuseOf(known: readonly KnownDeviation[], against: readonly Seen[]): Pick<ClaimResult, 'knownDeviation'> {
  const excuses = against.map(({ value }) =>
    isCrash(value) || isIntermittent(value)
      ? undefined
      : known.find(({ observed }) => matchesPattern(value, observed))?.reason,
  );
  if (excuses.includes(undefined)) return {};
  return { knownDeviation: [...new Set(excuses)].join('; ') };
}

/**
 * A claim against what its cases showed. Only what was asked is judged: `conforms` needs every case to have been observed
 * (one that shows it, where one is enough), `deviates` one case against it (every case, where one is enough), and
 * `intermittent` that nothing but a case with several outcomes is, which no known deviation excuses. Otherwise it is `not-applicable` when the board cannot be asked, and `inconclusive` when a case was left out, did not run or was
 * lost; `because` says which. `knownDeviation` beside `conforms` says that a written deviation went away.
 *
 * @param asked Ids of the cases that the run asked. Default: those that were observed.
 * @example
 * const values = new Map(record.observations.map((item) => [item.case, item.value]));
 * judgeClaim(claim, values, capabilities).verdict; // 'conforms'
 */
export function judgeClaim(
  claim: Claim,
  observations: ReadonlyMap<string, unknown>,
  capabilities: Capabilities,
  asked: ReadonlySet<string> = new Set(observations.keys()),
): ClaimResult {
  const { id, source, role, statement } = claim;
  const head = { id, source, role, statement };
  const version = capabilities.shape ?? capabilities.version;
  if (!speaksOf(claim.firmware, version)) {
    const observed = `the statement speaks of ${claim.firmware}, this firmware is ${version}`;
    return { ...head, verdict: 'not-applicable', observed, because: 'other-firmware' };
  }
  const impossible = claim.unless?.(capabilities) ?? null;
  if (impossible !== null) {
    return { ...head, verdict: 'not-applicable', observed: impossible, because: 'not-possible' };
  }
  const judged: Seen[] = claim.cases
    .map((name) => ({ id: name, value: observations.get(name) }))
    .filter(({ value }) => isJudgeable(value));
  const showing = judged.filter((seen) => fits(claim, seen));
  const against = judged.filter((seen) => !fits(claim, seen));
  const known = knownOf(claim, capabilities);
  const obstacle = unjudged(claim, observations, asked);
  if (claim.needs === 'some' ? showing.length > 0 : obstacle === null && against.length === 0) {
    return { ...head, verdict: 'conforms', observed: summarize(showing), ...reasonOf(known) };
  }
  if (claim.needs === 'some' ? obstacle === null : against.length > 0) {
    const steady = against.filter(({ value }) => !isIntermittent(value));
    const excused = steady.length === 0 || excuseOf(known, steady).knownDeviation !== undefined;
    if (excused && steady.length < against.length) {
      return {
        ...head,
        verdict: 'intermittent',
        observed: summarize(against.filter(({ value }) => isIntermittent(value))),
      };
    }
    return { ...head, verdict: 'deviates', observed: summarize(against), ...excuseOf(known, against) };
  }
  const { because, observed } = obstacle ?? { because: 'not-run' as const, observed: 'none of its cases ran' };
  return { ...head, verdict: because === 'not-possible' ? 'not-applicable' : 'inconclusive', observed, because };
}

/**
 * Every claim against what a run observed; see `judgeClaim`.
 *
 * @example judgeClaims(CLAIMS, record.observations, capabilities).filter(({ verdict }) => verdict === 'deviates');
 */
export function judgeClaims(
  claims: readonly Claim[],
  observations: readonly Observation[],
  capabilities: Capabilities,
  asked?: ReadonlySet<string>,
): ClaimResult[] {
  const values = new Map(observations.map((observation) => [observation.case, observation.value]));
  return claims.map((claim) => judgeClaim(claim, values, capabilities, asked));
}

/**
 * Why a claim's result turns a run red, or null.
 *
 * @example const reasons = record.claims.map(redReason).filter((reason) => reason !== null);
 */
export function redReason(result: ClaimResult): string | null {
  if (result.verdict === 'deviates' && result.knownDeviation === undefined) {
    return `${result.id} deviates and no known deviation is written down for this firmware: ${result.observed}`;
  }
  if (result.verdict === 'intermittent') {
    return `${result.id} holds in some runs of a case and not in others: ${result.observed}`;
  }
  if (result.verdict === 'conforms' && result.knownDeviation !== undefined) {
    return `${result.id} conforms although a deviation is written down (${result.knownDeviation}): the deviation went away`;
  }
  return null;
}
