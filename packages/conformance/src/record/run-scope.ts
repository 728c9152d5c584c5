import { ALL_CASES, SIEGE_CASES } from '../cases/index.ts';
import type { Observation } from '../claim/claim.ts';
import { BEYOND_MEMORY, isLost } from '../observation/not-observed.ts';
import type { LostCase, RunRecord, RunScope } from '../run-record.ts';
import { CASES_THAT_MAY_BE_LOST } from './loss-limit.ts';

/** What the ids of cases begin with that are tests of one's own. */
export const OWN_CASES = 'own/';

/** The cases among the observations that were lost. */
export function lostCases(observations: readonly Observation[]): LostCase[] {
  return observations.flatMap(({ case: id, value }) => (isLost(value) ? [{ case: id, reason: value.lost }] : []));
}

/** What somebody asked of a run, before anything of it is known. */
export type AskedRun = Pick<
  RunScope,
  'startedAt' | 'filter' | 'interrupted' | 'shuffle' | 'count' | 'copies' | 'profile' | 'boards' | 'harness'
>;

/** The scope of a run from what was asked and what of it was observed. */
export function runScope(
  { startedAt, filter, interrupted, ...order }: AskedRun,
  observations: readonly Observation[],
  notRun: readonly string[],
): RunScope {
  const lost = lostCases(observations);
  const asked = new Set([...observations.map((item) => item.case), ...notRun]);
  const total = ALL_CASES.length + SIEGE_CASES.filter(({ id }) => asked.has(id)).length;
  const all = ALL_CASES.every(({ id }) => asked.has(id));
  const unknown = lost.filter(({ reason }) => reason !== BEYOND_MEMORY).length + notRun.length;
  const whole = all && !interrupted && unknown <= CASES_THAT_MAY_BE_LOST;
  return { startedAt, filter, total, whole, interrupted, ...order, notRun, lost };
}

/**
 * What a record says of its run; a baseline, which says nothing, is whole.
 *
 * @example const { whole, lost, notRun } = scopeOf(record);
 */
export function scopeOf({ run, observations }: Pick<RunRecord, 'run' | 'observations'>): RunScope {
  if (run !== undefined) return run;
  const total = observations.length;
  return {
    startedAt: '',
    filter: null,
    total,
    whole: true,
    interrupted: false,
    notRun: [],
    lost: lostCases(observations),
  };
}

/**
 * The cases that a run asked, whether or not they were observed; null: all that there were.
 *
 * @example askedCases(record)?.has('client/sni/name') ?? true;
 */
export function askedCases(record: Pick<RunRecord, 'run' | 'observations'>): ReadonlySet<string> | null {
  const { whole, notRun } = scopeOf(record);
  return whole ? null : new Set([...record.observations.map((item) => item.case), ...notRun]);
}

/** How many observations are of tests of one's own, which are in no suite. */
function ownCases({ observations }: Pick<RunRecord, 'observations'>): number {
  return observations.filter((item) => item.case.startsWith(OWN_CASES)).length;
}

/** Whether no suite was asked: the run was of tests of one's own. */
export function isOwnOnly(record: Pick<RunRecord, 'run' | 'observations'>): boolean {
  const own = ownCases(record);
  return own > 0 && own === record.observations.length && scopeOf(record).notRun.length === 0;
}

/**
 * `12 of 1,408 cases (--claim=book/pem), interrupted`; null of a whole run.
 *
 * @example describeScope(record); // '12 of 1,408 cases (--claim=book/pem), interrupted'
 */
export function describeScope(record: Pick<RunRecord, 'run' | 'observations'>): string | null {
  const { whole, filter, total, interrupted, notRun } = scopeOf(record);
  if (whole) return null;
  const own = ownCases(record);
  const observed = record.observations.length - own;
  const asked = observed + notRun.length;
  const ownTests = own === 0 ? '' : `${own.toLocaleString('en')} ${own === 1 ? 'test' : 'tests'} of one's own`;
  const ofSuites = `${observed.toLocaleString('en')} of ${total.toLocaleString('en')} cases`;
  return [
    isOwnOnly(record) ? ownTests : [ofSuites, ownTests].filter((part) => part !== '').join(' and '),
    filter === null ? '' : ` (${filter})`,
    interrupted ? ', interrupted' : '',
    notRun.length > 0 ? `, ${notRun.length} of ${asked} not run` : '',
  ].join('');
}
