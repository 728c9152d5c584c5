import { FINDINGS } from '../findings/findings.ts';
import { SIEGE_FINDINGS } from '../findings/siege-findings.ts';
import { isIntermittent } from '../observation/intermittent.ts';
import { isLost } from '../observation/not-observed.ts';
import { whyNotPosed } from '../observation/not-posed.ts';
import { CERTIFICATE_QUESTIONS } from './certificate-questions.ts';
import { FAULT_QUESTIONS } from './fault-questions.ts';
import { FIELD_QUESTIONS } from './field-questions.ts';
import { ROW_QUESTIONS } from './row-questions.ts';
import { type CaseQuestion, endOf, type Safety } from './safety.ts';

const QUESTIONS: ReadonlyMap<string, CaseQuestion> = new Map([
  ...CERTIFICATE_QUESTIONS,
  ...FAULT_QUESTIONS,
  ...ROW_QUESTIONS,
  ...FIELD_QUESTIONS,
]);

const BY_CASE = Map.groupBy(
  [...FINDINGS, ...SIEGE_FINDINGS].flatMap((finding) => finding.cases.map((id) => ({ id, finding }))),
  ({ id }) => id,
);

const BY_SEVERITY = { hole: 'unsafe', crash: 'crash', trap: 'trap' } as const satisfies Record<string, Safety>;

/**
 * What a case poses and what a careful peer does; null for a case that is no matter of safety.
 *
 * @example caseQuestion('client/default/expired')?.judge(value);
 */
export function caseQuestion(id: string): CaseQuestion | null {
  return QUESTIONS.get(id) ?? null;
}

/**
 * Whether the board did what a careful peer does. A finding that the value shows decides first, then the question that
 * the case poses; a case with neither is `open`. Of an intermittent case it is the worst that was seen.
 * @example safetyOf('client/default/expired', { end: 'completes', … }) // 'unsafe'
 */
export function safetyOf(id: string, value: unknown): Safety {
  if (value === undefined || isLost(value) || whyNotPosed(value) !== null) return 'unknown';
  if (isIntermittent(value)) return worstSafety(value.intermittent.map((outcome) => safetyOf(id, outcome.value)));
  if (endOf(value) === 'crashed') return 'crash';
  const shown = (BY_CASE.get(id) ?? []).find(({ finding }) => finding.shows(value));
  if (shown !== undefined) return BY_SEVERITY[shown.finding.severity];
  return QUESTIONS.get(id)?.judge(value) ?? 'open';
}

/** From what a reader must see first to what needs no look. */
const WORST_FIRST: readonly Safety[] = ['crash', 'unsafe', 'trap', 'unchecked', 'strict', 'unknown', 'safe', 'open'];

/**
 * The one that a reader must see of several; `open` of none.
 *
 * @example worstSafety(['safe', 'unsafe', 'open']); // 'unsafe'
 */
export function worstSafety(list: readonly Safety[]): Safety {
  return WORST_FIRST.find((safety) => list.includes(safety)) ?? 'open';
}
