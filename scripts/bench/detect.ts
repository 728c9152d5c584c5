import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPki } from '@wirewrap/certgen';
import { readBaseline } from '@wirewrap/conformance';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import { readOptions, UsageError } from '../options.ts';
import { writeJson } from '../write-json.ts';
import { shortfalls } from './detect/goals.ts';
import type { Mutant } from './detect/mutant.ts';
import { MUTANTS, SHORT_FORM } from './detect/mutants.ts';
import { matches, type Outcome } from './detect/outcome.ts';
import { type MutantBench, runMutant, unchanged } from './detect/run-mutant.ts';
import { formatTable } from './detect/table.ts';

const BASELINE = join(import.meta.dirname, '../../fixtures/baselines/debian-1.25.0.json');

function chosen(only: string | undefined, short: boolean, shard: string | undefined): readonly Mutant[] {
  const named = MUTANTS.filter(({ name, kind }) => only === undefined || matches(only, name) || only === kind);
  if (named.length === 0) throw new UsageError(`--only=${only} fits no mutant and no kind.`);
  const list = short ? named.filter(({ name }) => SHORT_FORM.includes(name)) : named;
  if (shard === undefined) return list;
  const [, part, parts] = /^([1-9]\d?)\/([1-9]\d?)$/.exec(shard) ?? [];
  if (part === undefined || Number(part) > Number(parts)) {
    throw new UsageError(`--shard=${shard} is no part of a whole; write 2/4 for the second of four.`);
  }
  return list.filter((_, index) => index % Number(parts) === Number(part) - 1);
}

function lineOf({
  mutant,
  triggered,
  caught,
  measuredOnly,
  red,
  named,
  class: found,
  ms,
  told,
  example,
}: Outcome): string {
  if (mutant === 'unchanged')
    return `${caught ? (measuredOnly ? 'measured' : 'FALSE ALARM') : 'quiet'}  ${mutant}  ${(ms / 1000).toFixed(1)} s  ${told.join(', ')}  ${example}`;
  const word = triggered ? (caught ? (red ? 'red' : 'differs') : 'MISSED') : 'NOT REACHED';
  const cause = caught && !named ? ', cause not named' : '';
  return `${word.padEnd(12)}${mutant.padEnd(30)}${(ms / 1000).toFixed(1).padStart(6)} s  ${found ?? ''}${cause}  ${example.slice(0, 150)}`;
}

async function runAll(mutants: readonly Mutant[], bench: MutantBench): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const mutant of mutants) {
    const outcome = await runMutant(mutant, bench);
    outcomes.push(outcome);
    console.log(lineOf(outcome));
  }
  return outcomes;
}

/** What a run found, and its file. */
interface Report {
  readonly outcomes: readonly Outcome[];
  /** Unchanged runs of which something was told. */
  readonly alarms: readonly Outcome[];
  readonly unchanged: number;
}

/** The reports of the shards as one. */
async function merged(files: readonly string[]): Promise<Report> {
  const reports = await Promise.all(
    files.map(async (file): Promise<Report> => {
      try {
        return JSON.parse(await readFile(file, 'utf8'));
      } catch (cause) {
        throw new UsageError(`--from: cannot read ${file} (${(cause as Error).message}).`, { cause });
      }
    }),
  );
  return {
    outcomes: reports.flatMap(({ outcomes }) => outcomes),
    alarms: reports.flatMap(({ alarms }) => alarms),
    unchanged: reports.reduce((sum, report) => sum + report.unchanged, 0),
  };
}

async function measured(mutants: readonly Mutant[], times: number, whole: boolean): Promise<Report> {
  const { executable: engine } = await provisionMicroPython();
  const bench: MutantBench = { pki: createPki(), engine, baseline: await readBaseline(BASELINE), whole };
  const outcomes = await runAll(mutants, bench);
  // What the mutants were asked, of the firmware as it is.
  const cases = [...new Set(mutants.flatMap((mutant) => mutant.cases))];
  const quiet = await runAll(Array<Mutant>(times).fill(unchanged(cases)), bench);
  return { outcomes, alarms: quiet.filter(({ caught, measuredOnly }) => caught && !measuredOnly), unchanged: times };
}

function print({ outcomes, alarms, unchanged: times }: Report): void {
  console.log(`\n${formatTable(outcomes)}\n`);
  const missed = outcomes.filter(({ triggered, caught }) => triggered && !caught).map(({ mutant }) => mutant);
  const unreached = outcomes.filter(({ triggered }) => !triggered).map(({ mutant }) => mutant);
  console.log(`missed: ${missed.join(', ') || 'none'}`);
  console.log(`not reached: ${unreached.join(', ') || 'none'}`);
  console.log(`false alarms: ${alarms.length} in ${times} unchanged runs`);
  for (const { told } of alarms) console.log(`  ${told.join(', ')}`);
}

/**
 * `pnpm bench detect [--only NAME|KIND] [--short] [--shard 1/4] [--whole] [--strict] [--unchanged N] [--from FILE,…] [--json FILE]`:
 * firmwares with one thing wrong each, and what the suites say of them. With `--from` nothing is run and the reports of
 * shards are put together; with `--strict` the exit code is 1 where a goal is not met.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = await readOptions(args, {
    only: { kind: 'text' },
    short: { kind: 'flag' },
    shard: { kind: 'text' },
    whole: { kind: 'flag' },
    strict: { kind: 'flag' },
    unchanged: { kind: 'number', least: 0, most: 100 },
    from: { kind: 'text' },
    json: { kind: 'output' },
  });
  const from = options.text('from');
  const mutants = chosen(options.text('only'), options.flag('short'), options.text('shard'));
  const report =
    from === undefined
      ? await measured(mutants, options.number('unchanged') ?? 1, options.flag('whole'))
      : await merged(from.split(','));
  print(report);
  const short = shortfalls(report.outcomes, report.alarms.length);
  for (const sentence of short) console.log(sentence);
  if (options.flag('strict') && short.length > 0) process.exitCode = 1;
  await writeJson(options.text('json'), report);
}
