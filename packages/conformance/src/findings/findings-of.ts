import { describeValue } from '../observation/describe-value.ts';
import { outcomesOf } from '../observation/intermittent.ts';
import { isJudgeable, isUnavailable } from '../observation/not-observed.ts';
import { isUnknownKeyword } from '../observation/unknown-keyword.ts';
import type { RunRecord } from '../run-record.ts';
import type { Finding, FindingResult } from './finding.ts';
import { FINDINGS } from './findings.ts';
import { SIEGE_FINDINGS } from './siege-findings.ts';

function resultOf(finding: Finding, values: ReadonlyMap<string, unknown>): FindingResult {
  const { shows, ...rest } = finding;
  const judged = finding.cases
    .map((id) => ({ id, value: values.get(id) }))
    .filter(({ value }) => isJudgeable(value) && !isUnknownKeyword(value));
  if (judged.length === 0) {
    const reason = whyImpossible(finding.cases.map((id) => values.get(id)));
    return {
      ...rest,
      seen: null,
      case: null,
      observed: reason === null ? 'not shown by this run' : `not possible here: ${reason}`,
    };
  }
  const showing = judged.filter(({ value }) => outcomesOf(value).some((outcome) => shows(outcome.value)));
  const [first] = showing.length > 0 ? showing : judged;
  const count = showing.length > 1 ? ` and ${showing.length - 1} more` : '';
  return {
    ...rest,
    seen: showing.length > 0,
    case: first?.id ?? null,
    observed: `${describeValue(first?.value)} (${first?.id}${count})`,
  };
}

/** Why a finding could not be asked for; null when its cases were not run. */
function whyImpossible(values: readonly unknown[]): string | null {
  const unavailable = values.find(isUnavailable);
  if (unavailable !== undefined) return unavailable.unavailable;
  const unknown = values.find(isUnknownKeyword);
  return unknown === undefined ? null : describeValue(unknown);
}

/**
 * Which findings a run shows, holes first.
 *
 * @example findingsOf(record).filter(({ seen }) => seen === true).map(({ id }) => id);
 */
export function findingsOf(record: RunRecord): FindingResult[] {
  const values = new Map(record.observations.map((observation) => [observation.case, observation.value]));
  // A run that did not ask a siege suite has nothing to say of its findings.
  const siege = SIEGE_FINDINGS.filter(({ cases }) => cases.some((id) => values.has(id)));
  return [...FINDINGS, ...siege].map((finding) => resultOf(finding, values));
}
