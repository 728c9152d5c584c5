import {
  type AskedCases,
  type Comparison,
  describeValue,
  type FailureClass,
  failureClassOf,
  findingsOf,
  isIntermittent,
  isLost,
  lossLimitPassed,
  type RunRecord,
  redReason,
} from '@wirewrap/conformance';
import type { Mutant } from './mutant.ts';

/** What one run of a mutant said. */
export interface Outcome {
  readonly mutant: string;
  readonly kind: string;
  /** Cases that were asked. */
  readonly cases: number;
  /** Whether the change was reached at all; a mutant that was not reached says nothing of the suites. */
  readonly triggered: boolean;
  /** Whether a run with a baseline says that something is wrong. */
  readonly caught: boolean;
  /** Whether nothing but a measurement says so: load moves those too, and they never change an exit code. */
  readonly measuredOnly: boolean;
  /** Whether a run without one does. */
  readonly red: boolean;
  /** Whether one of the names that the row expects is among what is told. */
  readonly named: boolean;
  readonly class: FailureClass | null;
  readonly classFits: boolean;
  /** Claims that are red, findings that came or went, cases that differ or failed, measurements that moved. */
  readonly told: readonly string[];
  /** The first differences, in words. */
  readonly example: string;
  readonly ms: number;
}

export interface Seen {
  readonly asked: AskedCases;
  /** Null when the board could not even be asked what it is. */
  readonly record: RunRecord | null;
  readonly comparison: Comparison | null;
  readonly baseline: RunRecord;
  /** Why the run ended before its end. */
  readonly error: Error | null;
  readonly triggered: boolean;
  readonly cases: number;
  readonly ms: number;
}

const globOf = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );

export function matches(glob: string, name: string): boolean {
  return globOf(glob).test(name);
}

/** Findings that one of the two records shows and the other does not. */
function movedFindings(before: RunRecord, after: RunRecord): string[] {
  const was = new Map(findingsOf(before).map(({ id, seen }) => [id, seen]));
  return findingsOf(after).flatMap(({ id, seen }) => (seen !== null && seen !== was.get(id) ? [id] : []));
}

/** A run is judged as `wirewrap test` judges it: by claims, failed cases and losses, and by the comparison where there is one. */
export function outcomeOf(mutant: Mutant, seen: Seen): Outcome {
  const { asked, record, comparison, error } = seen;
  const redClaims = record?.claims.filter((claim) => redReason(claim) !== null).map(({ id }) => id) ?? [];
  const lost = asked.observations.flatMap(({ case: id, value }) => (isLost(value) ? [{ id, reason: value.lost }] : []));
  const failed = asked.failed.map((item) => item.case);
  const tooMany = lossLimitPassed(lost.map(({ reason }) => reason)) !== null;
  const changes = comparison?.observations ?? [];
  const measurements = comparison?.measurements.map(({ name }) => name) ?? [];
  const unsteady = asked.observations.some(({ value }) => isIntermittent(value));
  const red = error !== null || redClaims.length > 0 || failed.length > 0 || tooMany || unsteady;
  const told = [
    ...redClaims,
    ...(record === null ? [] : movedFindings(seen.baseline, record)),
    ...changes.map((change) => change.case),
    ...failed,
    ...(unsteady ? ['intermittent'] : []),
    ...(tooMany ? lost.map(({ id }) => id) : []),
    ...measurements,
    ...(error === null ? [] : [error.message.split('\n')[0] ?? '']),
  ];
  const caught = red || changes.length > 0 || measurements.length > 0;
  const blame = error ?? asked.failed[0]?.error;
  const found: FailureClass | null =
    blame === undefined || blame === null
      ? caught
        ? tooMany
          ? 'board'
          : 'firmware'
        : null
      : failureClassOf(blame as { code?: unknown });
  return {
    mutant: mutant.name,
    kind: mutant.kind,
    cases: seen.cases,
    triggered: seen.triggered,
    caught,
    measuredOnly: caught && !red && changes.length === 0,
    red,
    named: told.some((name) => mutant.named.some((glob) => matches(glob, name))),
    class: found,
    classFits: found === (mutant.class ?? 'firmware'),
    told,
    example: exampleOf(seen),
    ms: Math.round(seen.ms),
  };
}

function exampleOf({ comparison, error, asked }: Seen): string {
  if (error !== null) return error.message.split('\n')[0] ?? '';
  const [first] = comparison?.observations ?? [];
  if (first !== undefined) return `${first.case}: ${describeValue(first.before)} -> ${describeValue(first.after)}`;
  return asked.failed[0]?.error.message.split('\n')[0] ?? '';
}
