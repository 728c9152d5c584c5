import type { Claim, Verdict } from '../claim/claim.ts';
import type { FindingResult } from '../findings/finding.ts';
import { describeValue } from '../observation/describe-value.ts';
import { ENDED_BY_HOST } from '../observation/ended-by-host.ts';
import { isIntermittent } from '../observation/intermittent.ts';
import { isBeyondMemory, isLost, isUnavailable } from '../observation/not-observed.ts';
import { whyNotPosed } from '../observation/not-posed.ts';
import type { ClaimResult } from '../run-record.ts';
import { decidingCase, wasNotAsked } from '../verdict/judge-claim.ts';
import { EITHER_END, ENDED_BY_NETWORK } from './ended-by-network.ts';
import type { MatrixCell, MatrixMark } from './matrix.ts';

type Values = ReadonlyMap<string, unknown>;

const MISSING: MatrixCell = { mark: 'unknown', word: 'not run', observed: 'not in this record', case: null };

const CLAIM_MARKS: Readonly<Record<Verdict, MatrixMark>> = {
  conforms: 'good',
  deviates: 'bad',
  intermittent: 'bad',
  'not-applicable': 'neutral',
  inconclusive: 'unknown',
};

export function claimCell(claim: Claim, result: ClaimResult | undefined, values: Values): MatrixCell {
  if (result === undefined || wasNotAsked(result)) return MISSING;
  const { verdict, observed } = result;
  return {
    mark: CLAIM_MARKS[verdict],
    word: verdict.replace('-', ' '),
    observed,
    case: decidingCase(claim, verdict, values),
  };
}

/** Whether every case of a finding was observed: one that is missing or lost could have shown it. */
export function wasAskedWhole({ cases }: Pick<FindingResult, 'cases'>, values: Values): boolean {
  return cases.every((id) => {
    const value = values.get(id);
    return value !== undefined && !isLost(value);
  });
}

export function findingCell(finding: FindingResult, values: Values): MatrixCell {
  const { seen, observed } = finding;
  if (seen === null) {
    const isPossible = finding.cases.every((id) => whyNotPosed(values.get(id)) === null);
    return { ...MISSING, ...(isPossible ? {} : { word: 'not possible' }), observed };
  }
  if (seen) return { mark: 'bad', word: 'has it', observed, case: finding.case };
  const whole = wasAskedWhole(finding, values);
  return whole
    ? { mark: 'good', word: 'free of it', observed, case: finding.case }
    : {
        mark: 'unknown',
        word: 'not all run',
        observed: `${observed}; not all of its cases ran`,
        case: finding.case,
      };
}

/** Whether the board took the connection: what that is worth, the row says. */
export function outcomeCell(id: string, value: unknown): MatrixCell {
  if (value === undefined) return MISSING;
  const observed = describeValue(value);
  if (isUnavailable(value)) {
    const word = value.limit === 'peer' ? 'not compared' : 'not possible';
    return { mark: 'unknown', word, observed, case: id };
  }
  if (whyNotPosed(value) !== null) return { mark: 'unknown', word: 'not possible', observed, case: id };
  if (isBeyondMemory(value)) return { mark: 'unknown', word: 'no memory', observed, case: id };
  if (isLost(value)) return { mark: 'unknown', word: 'lost', observed, case: id };
  if (isIntermittent(value)) {
    return ENDED_BY_NETWORK.includes(id.replace(/^fault\//, ''))
      ? { mark: 'unknown', word: EITHER_END, observed, case: id }
      : { mark: 'bad', word: 'intermittent', observed, case: id };
  }
  const { end } = (value ?? {}) as { readonly end?: unknown };
  if (end === ENDED_BY_HOST) return { mark: 'unknown', word: EITHER_END, observed, case: id };
  if (end === 'crashes') return { mark: 'bad', word: 'crashes', observed, case: id };
  return { mark: 'neutral', word: end === 'completes' ? 'accepts' : 'refuses', observed, case: id };
}

/** A cell in which accepting is right or wrong. */
export function judgedCell(id: string, value: unknown, mayAccept: boolean | null): MatrixCell {
  const cell = outcomeCell(id, value);
  if (mayAccept === null || cell.mark !== 'neutral') return cell;
  return { ...cell, mark: (cell.word === 'accepts') === mayAccept ? 'good' : 'bad' };
}
