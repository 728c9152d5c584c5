import type { Capabilities, Observation } from '../claim/claim.ts';
import { claimsOf } from '../claims/index.ts';
import { ConformanceError } from '../errors.ts';
import { canonicalJson } from '../observation/canonical-json.ts';
import { equalBehaviour } from '../observation/equal-behaviour.ts';
import { hostLimitOf, NO_OPENSSL } from '../observation/host-limit.ts';
import { isIntermittent, outcomesOf, sumOutcomes } from '../observation/intermittent.ts';
import { isBeyondMemory, isLost } from '../observation/not-observed.ts';
import { readRunRecord, writeRunRecord } from '../record/record-file.ts';
import { describeScope } from '../record/run-scope.ts';
import type { RunRecord } from '../run-record.ts';
import { judgeClaims } from '../verdict/judge-claim.ts';
import { compareRuns, recordName } from './compare-runs.ts';
import type { Comparison } from './comparison.ts';

/** `debian-1.25.0.json` to `debian-1.25.0.measurements.json`: numbers stand apart from behaviour. */
function measurementsPathOf(baselinePath: string): string {
  return `${baselinePath.replace(/\.json$/, '')}.measurements.json`;
}

function ignoreMissing(error: unknown): null {
  if (error instanceof ConformanceError && error.code === 'NO_SUCH_FILE') return null;
  throw error;
}

/** What a reviewed baseline keeps: behaviour. Which of equal boards it was and how fast it ran, it does not. */
function asBaseline(record: RunRecord): RunRecord {
  const { url: _url, uniqueId: _uniqueId, ...board } = record.board;
  const { run: _run, ...behaviour } = record;
  return { ...behaviour, board, measurements: [] };
}

/**
 * Reads a baseline, with the measurements that lie beside it when there are any.
 *
 * @example const baseline = await readBaseline('baselines/esp32.json');
 * @throws ConformanceError with the codes of `readRunRecord`.
 */
export async function readBaseline(path: string): Promise<RunRecord> {
  const record = await readRunRecord(path);
  if (record.measurements.length > 0) return record;
  const numbers = await readRunRecord(measurementsPathOf(path)).catch(ignoreMissing);
  return numbers === null ? record : { ...record, measurements: numbers.measurements };
}

/** What two runs of one firmware must agree on, so that what differs is not another firmware's. */
function firmwareOf({ board }: RunRecord): string {
  const { version, build, machine, platform } = board;
  return canonicalJson({ version, build, machine, platform });
}

/** Every outcome of a value as often as it came. */
function runsOf(value: unknown): unknown[] {
  return outcomesOf(value).flatMap((outcome) => Array<unknown>(outcome.times).fill(outcome.value));
}

/** The verdicts of a run; of claims that a differing case decides, in the light of all its outcomes. */
function judgedAgain(
  { claims, board }: RunRecord,
  observations: readonly Observation[],
  differing: ReadonlySet<string>,
): RunRecord['claims'] {
  const concerned = claimsOf(differing).filter(({ cases }) => cases.some((id) => differing.has(id)));
  const again = judgeClaims(concerned, observations, board.capabilities as Capabilities);
  const byId = new Map(again.map((result) => [result.id, result]));
  return claims.map((claim) => byId.get(claim.id) ?? claim);
}

/**
 * Runs of one firmware as one: a case that did not show the same in all keeps every outcome (`{ intermittent }`), so that none of
 * them becomes the baseline by luck.
 *
 * @throws ConformanceError `UNSAFE_UPDATE` when they are of two firmwares
 */
function joined(runs: readonly [RunRecord, ...RunRecord[]], names: readonly string[]): RunRecord {
  const [first, ...others] = runs;
  others.forEach((other, index) => {
    if (firmwareOf(first) === firmwareOf(other)) return;
    throw new ConformanceError(
      'UNSAFE_UPDATE',
      `${names[0]} is of ${recordName(first)} and ${names[index + 1]} of ${recordName(other)}: compare runs of one firmware`,
    );
  });
  const values = runs.map(({ observations }) => new Map(observations.map((item) => [item.case, item.value])));
  const observations = first.observations.map((item) => {
    const shown = values.filter((each) => each.has(item.case)).flatMap((each) => runsOf(each.get(item.case)));
    const value = sumOutcomes(shown);
    return equalBehaviour(value, item.value) ? item : { case: item.case, value };
  });
  const differing = new Set(
    observations.filter((item, index) => item !== first.observations[index]).map((item) => item.case),
  );
  return { ...first, observations, claims: judgedAgain(first, observations, differing) };
}

/** What became a baseline. */
export interface UpdatedBaseline {
  /** Against the old one; null where there was none. */
  readonly changes: Comparison | null;
  /** Cases that the runs did not show alike, with what they showed. */
  readonly intermittent: readonly Observation[];
}

/** Reads a run that may become a baseline. */
async function readWholeRun(runPath: string): Promise<RunRecord> {
  const run = await readRunRecord(runPath);
  const part = describeScope(run);
  if (part !== null) {
    throw new ConformanceError(
      'UNSAFE_UPDATE',
      `${runPath} is not a whole run (${part}): a baseline needs one; run the suites without a filter`,
    );
  }
  const lost = run.observations.filter(({ value }) => isLost(value) && !isBeyondMemory(value)).map((item) => item.case);
  if (lost.length > 0) {
    throw new ConformanceError(
      'UNSAFE_UPDATE',
      `${runPath} lost ${lost.length} cases (${lost.slice(0, 3).join(', ')}): a baseline needs a whole run; run the suites again`,
    );
  }
  const unposed = run.observations.filter((item) => hostLimitOf(item.value) === NO_OPENSSL.unavailable).length;
  if (unposed > 0) {
    throw new ConformanceError(
      'UNSAFE_UPDATE',
      `${runPath} could not pose ${unposed} ${unposed === 1 ? 'case' : 'cases'} because ${NO_OPENSSL.unavailable}: a baseline needs a whole run; install it and run the suites again`,
    );
  }
  return run;
}

/**
 * Makes a run the reviewed baseline: behaviour into the file, measurements beside it. Refuses a run that was cut short or lost
 * cases, but for those that no fresh board has the memory for. With further runs of the same firmware, what they do not show
 * alike is kept with all its outcomes.
 *
 * @param runPath one record, or several of one firmware; measurements are of the first
 * @example const { changes } = await updateBaseline(['night-1.json', 'night-2.json'], 'baselines/esp32.json');
 * @throws ConformanceError `UNSAFE_UPDATE` when a run is not whole, lost cases, could not pose some without openssl, or is of
 *   another firmware.
 */
export async function updateBaseline(
  runPath: string | readonly [string, ...string[]],
  baselinePath: string,
): Promise<UpdatedBaseline> {
  const [firstPath, ...paths] = typeof runPath === 'string' ? ([runPath] as const) : runPath;
  const others = await Promise.all(paths.map(readWholeRun));
  const run = joined([await readWholeRun(firstPath), ...others], [firstPath, ...paths]);
  const old = await readBaseline(baselinePath).catch(ignoreMissing);
  const baseline = asBaseline(run);
  await writeRunRecord(baselinePath, baseline);
  await writeRunRecord(measurementsPathOf(baselinePath), {
    ...baseline,
    claims: [],
    observations: [],
    measurements: run.measurements,
  });
  return {
    changes: old === null ? null : compareRuns(old, run),
    intermittent: run.observations.filter(({ value }) => isIntermittent(value)),
  };
}
