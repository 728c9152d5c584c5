import { describeValue } from '../observation/describe-value.ts';
import { outcomesOf } from '../observation/intermittent.ts';
import { isJudgeable } from '../observation/not-observed.ts';
import { whyNotPosed } from '../observation/not-posed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Finding, FindingResult } from './finding.ts';
import { FINDINGS } from './findings.ts';
import { SIEGE_FINDINGS } from './siege-findings.ts';

function resultOf(finding: Finding, values: ReadonlyMap<string, unknown>): FindingResult {
  const { shows, ...rest } = finding;
  const judged = finding.cases
    .map((id) => ({ id, value: values.get(id) }))
    .filter(({ value }) => isJudgeable(value) && whyNotPosed(value) === null);
  if (judged.length === 0) {
    const reason = finding.cases.map((id) => whyNotPosed(values.get(id))).find((why) => why !== null);
    return {
      ...rest,
      seen: null,
      case: null,
      observed: reason === undefined ? 'not shown by this run' : `not possible here: ${reason}`,
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
