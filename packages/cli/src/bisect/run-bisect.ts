import { join } from 'node:path';
import { type RunRecord, readBaseline } from '@wirewrap/conformance';
import { makeFolder, writeWhole } from '@wirewrap/repl-driver/basics';
import { CliError } from '../errors.ts';
import { requireWritable, tellUnwritable } from '../unwritable.ts';
import { type Answers, answersOf, type Difference, differenceOf, judge } from './answers.ts';
import { BISECT_SCHEMA, type BisectResult, type FirmwareResult } from './bisect-result.ts';
import type { Candidate } from './candidate.ts';
import { formatFirmware, formatWatched } from './format-bisect.ts';
import { boundaryOf, nextToCheck, nextToTry, type State, turnsOf } from './search.ts';
import { type Bench, type Tried, tryFirmware } from './try-firmware.ts';

/** What is asked, and how thoroughly. */
export interface Search {
  /** Flags that pick the cases, as `wirewrap test` takes them. */
  readonly cases: Readonly<Record<string, unknown>>;
  /** Claims whose verdicts are asked for. */
  readonly claims: readonly string[];
  readonly baseline: string | undefined;
  /** How many firmwares are tried beyond what the search needs. */
  readonly checks: number;
  readonly write: (text: string) => void;
}

/** Tries the ends, halves what is between them, and looks whether the behaviour comes and goes. */
export async function runBisect(candidates: readonly Candidate[], search: Search, bench: Bench): Promise<BisectResult> {
  const { write } = search;
  await requireWritable(join(bench.folder, 'bisect.json'));
  await makeFolder(bench.folder);
  const width = Math.max(...candidates.map(({ name }) => name.length));
  const [good, bad] = [candidates[0], candidates.at(-1)] as [Candidate, Candidate];
  const ends = { good: await tryEnd(good, search, bench), bad: await tryEnd(bad, search, bench) };
  const { watched, flaky, claims } = await difference(ends.good, ends.bad, search);
  if (watched.length === 0) throw nothingDiffers(good, bad, flaky, search.baseline);
  write(`${good.name} and ${bad.name} differ in ${counted(watched.length, claims ? 'claim' : 'case')}:\n`);
  write(formatWatched(watched));
  if (flaky.length > 0) write(`Left out, with two answers on one firmware: ${flaky.join(', ')}\n`);
  // A claim's verdict needs its cases; otherwise what differs is all that has to be asked.
  const asked = claims ? search.cases : { case: watched.map(({ name }) => name) };

  const results: (FirmwareResult | undefined)[] = candidates.map(() => undefined);
  const settle = (at: number, tried: Tried): void => {
    const found = judgeTried(tried, watched, claims);
    const result = { name: candidates[at]?.name ?? '', ...found };
    results[at] = result;
    write(formatFirmware(result, width));
  };
  settle(0, { runs: ends.good });
  settle(candidates.length - 1, { runs: ends.bad });
  let checks = search.checks;
  for (;;) {
    const states = results.map((result): State => result?.state ?? undefined);
    const needed = nextToTry(states);
    const at = needed ?? (checks > 0 ? nextToCheck(states) : null);
    if (at === null) break;
    if (needed === null) checks -= 1;
    settle(at, await tryFirmware(candidates[at] as Candidate, asked, bench));
  }
  const result = resultOf(candidates, results, { watched, flaky });
  const file = join(bench.folder, 'bisect.json');
  await tellUnwritable(file, writeWhole(file, `${JSON.stringify(result, null, 2)}\n`));
  return result;
}

/** The good and the bad firmware have to run: without them there is nothing to compare with. */
async function tryEnd(candidate: Candidate, { cases }: Search, bench: Bench): Promise<readonly RunRecord[]> {
  const tried = await tryFirmware(candidate, cases, bench);
  if ('runs' in tried) return tried.runs;
  throw new CliError('BAD_USAGE', `${candidate.name} cannot be an end of the search: ${tried.skipped}.`);
}

/** Verdicts of the claims where they differ, else what their cases observed. */
async function difference(
  good: readonly RunRecord[],
  bad: readonly RunRecord[],
  { claims, baseline }: Search,
): Promise<Difference & { readonly claims: readonly string[] | null }> {
  const reviewed = baseline === undefined ? null : await readBaseline(baseline);
  const between = (of: readonly string[] | null): Difference =>
    differenceOf(
      good.map((record) => answersOf(record, of)),
      bad.map((record) => answersOf(record, of)),
      reviewed && answersOf(reviewed, of),
    );
  if (claims.length > 0) {
    const verdicts = between(claims);
    if (verdicts.watched.length > 0) return { ...verdicts, claims };
  }
  return { ...between(null), claims: null };
}

function judgeTried(
  tried: Tried,
  watched: BisectResult['watched'],
  claims: readonly string[] | null,
): Omit<FirmwareResult, 'name'> {
  if ('skipped' in tried) return { state: 'skipped', reason: tried.skipped, changed: [], other: [] };
  const runs: Answers[] = tried.runs.map((record) => answersOf(record, claims));
  return judge(watched, runs);
}

function resultOf(
  candidates: readonly Candidate[],
  results: readonly (FirmwareResult | undefined)[],
  { watched, flaky }: Difference,
): BisectResult {
  const states = results.map((result): State => result?.state ?? undefined);
  const { firstBad, lastGood, between } = boundaryOf(states);
  const nameAt = (at: number): string => candidates[at]?.name ?? '';
  return {
    schema: BISECT_SCHEMA,
    firmwares: candidates.map(
      ({ name }, at) => results[at] ?? { name, state: null, reason: null, changed: [], other: [] },
    ),
    watched,
    flaky,
    first: nameAt(firstBad),
    lastGood: nameAt(lastGood),
    skippedBetween: between.map(nameAt),
    turns: turnsOf(states).map(nameAt),
  };
}

function nothingDiffers(
  good: Candidate,
  bad: Candidate,
  flaky: readonly string[],
  baseline: string | undefined,
): CliError {
  const apart = flaky.length === 0 ? '' : ` (two answers on one firmware, so left out: ${flaky.join(', ')})`;
  const as = baseline === undefined ? '' : ` in what ${good.name} does as ${baseline} has it`;
  return new CliError(
    'BAD_USAGE',
    `${good.name} and ${bad.name} do not differ${as}${apart}: there is nothing to search; name other firmwares or other cases.`,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
