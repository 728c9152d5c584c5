import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { fileNameOf } from '@wirewrap/boards';
import {
  type CaseSelection,
  detailsPathOf,
  readRunDetails,
  readRunRecord,
  recordsOf,
  SELECTION_VARIABLE,
  selectCases,
  selectionOf,
  serializeSelection,
} from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';

/** What the flags and the environment say of the cases. A claim, finding or case that does not exist is one sentence. */
export async function caseSelection(
  { values, env }: Pick<CommandContext, 'values' | 'env'>,
  labels: readonly string[],
): Promise<CaseSelection> {
  const list = (name: string): Partial<CaseSelection> => {
    const typed = values[name] as string[] | undefined;
    return typed === undefined ? {} : { [`${name}s`]: typed };
  };
  const selection: CaseSelection = {
    ...selectionOf(env),
    ...suitesOf(values.suite as string[] | undefined),
    ...(values.quick ? { named: true } : {}),
    ...list('claim'),
    ...list('finding'),
    ...list('case'),
    ...(values.failed ? { failed: await failedLastTime(labels) } : {}),
    ...orderOf(values.shuffle as string | undefined),
    ...countOf(values.count as string | undefined),
    ...(values['until-fail'] ? { untilFail: true } : {}),
  };
  selectCases(selection);
  return selection;
}

/** Seeds that are drawn stay short enough to be typed. */
const MOST_SEED = 1_000_000;

function orderOf(
  typed: string | undefined,
  below: (bound: number) => number = randomInt,
): Pick<CaseSelection, 'shuffle'> {
  if (typed === undefined) return {};
  if (typed === 'random') return { shuffle: below(MOST_SEED) };
  const seed = Number(typed);
  if (/^\d+$/.test(typed) && Number.isSafeInteger(seed)) return { shuffle: seed };
  throw new CliError('BAD_USAGE', `--shuffle=${typed} is no seed: give a whole number, or random to have one drawn.`);
}

/** More than that is a soak, and `wirewrap soak` is for it. */
const MOST_RUNS = 10_000;

function countOf(typed: string | undefined): Pick<CaseSelection, 'count'> {
  if (typed === undefined) return {};
  const count = Number(typed);
  if (/^\d+$/.test(typed) && count >= 1 && count <= MOST_RUNS) return { count };
  throw new CliError('BAD_USAGE', `--count=${typed} is no whole number from 1 to ${MOST_RUNS.toLocaleString('en')}.`);
}

/** `--suite=cve,exhaustion --suite=trust` names three. */
function suitesOf(typed: readonly string[] | undefined): Pick<CaseSelection, 'suites'> {
  return typed === undefined ? {} : { suites: typed.flatMap((names) => names.split(',')).map((name) => name.trim()) };
}

/** The environment that hands a selection to the workers. */
export function selectionEnvironment(selection: CaseSelection): Record<string, string> {
  return Object.keys(selection).length === 0 ? {} : { [SELECTION_VARIABLE]: serializeSelection(selection) };
}

/** Cases that failed, and those of claims that were red, in the newest run of each board. */
async function failedLastTime(labels: readonly string[]): Promise<string[]> {
  const failed = await Promise.all(labels.map(failedOf));
  const cases = [...new Set(failed.flat())];
  if (cases.length > 0) return cases;
  throw new CliError(
    'BAD_USAGE',
    `Nothing failed in the last run of ${labels.join(' and ')}: there is nothing to run.`,
  );
}

async function failedOf(label: string): Promise<string[]> {
  const newest = (await recordsOf(join(resultsFolder, fileNameOf(label)))).at(-1);
  if (newest === undefined) {
    throw new CliError(
      'BAD_USAGE',
      `There is no earlier run of ${label} in ${resultsFolder}; run it without --failed.`,
    );
  }
  const [record, details] = await Promise.all([readRunRecord(newest), readRunDetails(detailsPathOf(newest))]);
  const red = record.claims.filter(({ verdict, knownDeviation }) => verdict === 'deviates' && !knownDeviation);
  const ofClaims = red.length === 0 ? [] : selectCases({ claims: red.map(({ id }) => id) }).map(({ id }) => id);
  const ofCases = (details?.cases ?? []).filter(({ status }) => status === 'failed').map((detail) => detail.case);
  return [...ofCases, ...ofClaims];
}
