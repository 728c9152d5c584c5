import { ALL_CASES } from '../cases/index.ts';
import type { Observation } from '../claim/claim.ts';
import { isLost } from '../observation/not-observed.ts';
import type { LostCase, RunRecord, RunScope } from '../run-record.ts';
import { CASES_THAT_MAY_BE_LOST } from './loss-limit.ts';

/** The cases among the observations that were lost. */
export function lostCases(observations: readonly Observation[]): LostCase[] {
  return observations.flatMap(({ case: id, value }) => (isLost(value) ? [{ case: id, reason: value.lost }] : []));
}

/** The scope of a run from what was asked and what of it was observed. */
export function runScope(
  { startedAt, filter, interrupted }: Pick<RunScope, 'startedAt' | 'filter' | 'interrupted'>,
  observations: readonly Observation[],
  notRun: readonly string[],
): RunScope {
  const total = ALL_CASES.length;
  const lost = lostCases(observations);
  const asked = new Set([...observations.map((item) => item.case), ...notRun]);
  const all = ALL_CASES.every(({ id }) => asked.has(id));
  const whole = all && !interrupted && lost.length + notRun.length <= CASES_THAT_MAY_BE_LOST;
  return { startedAt, filter, total, whole, interrupted, notRun, lost };
}

/** What a record says of its run; a baseline, which says nothing, is whole. */
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

/** The cases that a run asked, whether or not they were observed; null: all that there were. */
export function askedCases(record: Pick<RunRecord, 'run' | 'observations'>): ReadonlySet<string> | null {
  const { whole, notRun } = scopeOf(record);
  return whole ? null : new Set([...record.observations.map((item) => item.case), ...notRun]);
}

/** `12 of 1,408 cases (--claim=book/pem), interrupted`; null of a whole run. */
export function describeScope(record: Pick<RunRecord, 'run' | 'observations'>): string | null {
  const { whole, filter, total, interrupted, notRun } = scopeOf(record);
  if (whole) return null;
  const asked = record.observations.length + notRun.length;
  return [
    `${record.observations.length.toLocaleString('en')} of ${total.toLocaleString('en')} cases`,
    filter === null ? '' : ` (${filter})`,
    interrupted ? ', interrupted' : '',
    notRun.length > 0 ? `, ${notRun.length} of ${asked} not run` : '',
  ].join('');
}
