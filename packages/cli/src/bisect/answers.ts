import {
  describeValue,
  equalBehaviour,
  isIntermittent,
  isLost,
  isUnavailable,
  type RunRecord,
} from '@wirewrap/conformance';
import type { Side } from './search.ts';

/** What one firmware answered: the value of each thing that is watched, by the name of its case or claim. */
export type Answers = ReadonlyMap<string, unknown>;

/** Something that the good and the bad firmware do differently. */
export interface Watched {
  /** Name of a case, or id of a claim. */
  readonly name: string;
  readonly good: unknown;
  readonly bad: unknown;
}

/** What a firmware is, and why. */
export interface FirmwareJudgement {
  readonly state: Side | 'skipped';
  /** Why it is skipped; null otherwise. */
  readonly reason: string | null;
  /** Watched things that are not as on the good firmware. */
  readonly changed: readonly string[];
  /** Of these, what is not as on the bad one either. */
  readonly other: readonly { readonly name: string; readonly value: unknown }[];
}

/** The values of a run: those of its cases, or the verdicts of some claims. */
export function answersOf(record: RunRecord, claims: readonly string[] | null): Answers {
  if (claims === null) return new Map(record.observations.map((item) => [item.case, item.value]));
  const judged = record.claims.filter(({ id, because }) => claims.includes(id) && !isUndecided(because));
  return new Map(judged.map(({ id, verdict }) => [id, verdict]));
}

/** A claim without a verdict because a case was lost or not asked says nothing of the firmware. */
function isUndecided(because: RunRecord['claims'][number]['because']): boolean {
  return because === 'lost' || because === 'not-run' || because === 'not-asked';
}

/** What was found about the ends. */
export interface Difference {
  readonly watched: readonly Watched[];
  /** Things with two answers on one of the two firmwares: they say nothing. */
  readonly flaky: readonly string[];
}

/**
 * What the two firmwares do differently in each of their runs; with a baseline, of that what the good one does as the
 * baseline has it.
 */
export function differenceOf(good: readonly Answers[], bad: readonly Answers[], baseline: Answers | null): Difference {
  const watched: Watched[] = [];
  const flaky: string[] = [];
  for (const name of new Set([...good, ...bad].flatMap((answers) => [...answers.keys()]))) {
    const [was, is] = [valueIn(good, name), valueIn(bad, name)];
    if (was === FLAKY || is === FLAKY) flaky.push(name);
    else if (was === undefined || is === undefined || isHosts(was) || isHosts(is) || equalBehaviour(was, is)) continue;
    else if (baseline === null || equalBehaviour(baseline.get(name), was)) watched.push({ name, good: was, bad: is });
  }
  return { watched, flaky };
}

/** On which side of the change a firmware is, by its runs. */
export function judge(watched: readonly Watched[], runs: readonly Answers[]): FirmwareJudgement {
  const changed: string[] = [];
  const other: { name: string; value: unknown }[] = [];
  for (const { name, good, bad } of watched) {
    const value = valueIn(runs, name);
    if (value === FLAKY)
      return skipped(`${name} has two answers: ${runs.map((run) => said(run.get(name))).join('; ')}`);
    if (value === undefined) return skipped(`${name} did not come to its end`);
    if (equalBehaviour(value, good)) continue;
    if (!equalBehaviour(value, bad)) {
      // What was lost, or what this host could not ask, says nothing where the ends had an answer.
      if (isLost(value) || isHosts(value)) return skipped(`${name}: ${said(value)}`);
      other.push({ name, value });
    }
    changed.push(name);
  }
  return { state: changed.length > 0 ? 'bad' : 'good', reason: null, changed, other };
}

function skipped(reason: string): FirmwareJudgement {
  return { state: 'skipped', reason, changed: [], other: [] };
}

const FLAKY = Symbol('two answers');

/** The value that all runs agree on, each by itself, too; undefined where one of them has none. */
function valueIn(runs: readonly Answers[], name: string): unknown {
  const values = runs.map((run) => run.get(name));
  const [first] = values;
  if (values.includes(undefined)) return undefined;
  if (values.some(isShaky)) return FLAKY;
  return values.every((value) => equalBehaviour(first, value)) ? first : FLAKY;
}

/** A case, or a claim that rests on one, with several outcomes in one run. */
function isShaky(value: unknown): boolean {
  return isIntermittent(value) || value === ('intermittent' satisfies RunRecord['claims'][number]['verdict']);
}

/** This host or its network could not ask. What the firmware lacks is an answer. */
function isHosts(value: unknown): boolean {
  return isUnavailable(value) && value.limit !== undefined;
}

/** A value in a few words. */
export function said(value: unknown): string {
  return value === undefined ? 'no answer' : describeValue(value);
}
