import { instead } from '../debug.ts';
import { ConformanceError } from '../errors.ts';

/**
 * What of the suites is asked, and in which order. `claims`, `findings`, `cases` and `failed` add up; `named` and `pattern` narrow what they
 * gave, and `suites` says where they are looked for. An empty selection asks every case of the default suites.
 */
export interface CaseSelection {
  /** Names of suites, `default` for those of a whole run. Default: those, and what is named by its whole id. */
  readonly suites?: readonly string[];
  /** Ids of claims: every case that they name. */
  readonly claims?: readonly string[];
  /** Ids of findings: every case that they name. */
  readonly findings?: readonly string[];
  /** Ids of cases, or patterns in which `*` stands for any text. */
  readonly cases?: readonly string[];
  /** Ids of the cases that failed last time. */
  readonly failed?: readonly string[];
  /** Only cases that some claim or finding names (`--quick`). */
  readonly named?: boolean;
  /** A regular expression that the case's id must match (`-t`). */
  readonly pattern?: string;
  /** Seed of another order of suites and cases (`--shuffle`); it changes nothing of what is asked. */
  readonly shuffle?: number;
  /** How often each case is run (`--count`). Default once, and again where what it showed is suspicious. */
  readonly count?: number;
  /** A case is run no more when it showed another outcome than before (`--until-fail`). Default false. */
  readonly untilFail?: boolean;
  /**
   * How many copies of a virtual board ask the suites side by side, a suite each. Default one. It changes their order, and nothing
   * of what is asked.
   */
  readonly copies?: number;
}

/** How often each case of a run is run. */
export interface Repeat {
  readonly times: number;
  readonly untilOther: boolean;
}

/** Runs of a case that `--until-fail` has at most, where `--count` says nothing. */
const UNTIL_FAIL_RUNS = 100;

/** How often a selection has each case run; null where it does not say. */
export function repeatOf({ count, untilFail = false }: CaseSelection): Repeat | null {
  if (count === undefined && !untilFail) return null;
  return { times: count ?? UNTIL_FAIL_RUNS, untilOther: untilFail };
}

/** The variable that carries a selection to the workers. */
export const SELECTION_VARIABLE = 'WIREWRAP_SELECTION';

const LISTS = ['suites', 'claims', 'findings', 'cases', 'failed'] as const;

/**
 * The selection as the text of the environment variable `WIREWRAP_SELECTION`.
 *
 * @example serializeSelection({ claims: ['book/pem'] }); // '{"claims":["book/pem"]}'
 */
export function serializeSelection(selection: CaseSelection): string {
  return JSON.stringify(selection);
}

function isSelection(value: unknown): value is CaseSelection {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(fields).every(([name, field]) => {
    if (name === 'named' || name === 'untilFail') return typeof field === 'boolean';
    if (name === 'pattern') return typeof field === 'string';
    if (name === 'shuffle' || name === 'count' || name === 'copies') return Number.isSafeInteger(field);
    const isList = (LISTS as readonly string[]).includes(name);
    return isList && Array.isArray(field) && field.every((item) => typeof item === 'string');
  });
}

function parse(text: string): CaseSelection {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    value = instead(null, 'reading a selection as JSON')(error);
  }
  if (isSelection(value)) return value;
  throw new ConformanceError(
    'BAD_SELECTION',
    `${SELECTION_VARIABLE} is ${JSON.stringify(text)}; it must be a selection of cases in JSON, such as {"claims":["book/pem"]}`,
  );
}

/**
 * The selection that an environment asks for: `WIREWRAP_SELECTION` when it is set, else `WIREWRAP_CASES` (`all` or
 * `claims`). Throws a ConformanceError `BAD_SELECTION` for anything else.
 *
 * @example selectionOf({ WIREWRAP_CASES: 'claims' }); // { named: true }
 */
export function selectionOf(environment: Readonly<Record<string, string | undefined>>): CaseSelection {
  const text = environment[SELECTION_VARIABLE];
  if (text) return parse(text);
  const word = environment.WIREWRAP_CASES || 'all';
  if (word === 'all') return {};
  if (word === 'claims') return { named: true };
  throw new ConformanceError('BAD_SELECTION', `WIREWRAP_CASES is "${word}"; it must be "all" or "claims".`);
}

/**
 * The selection as a user would type it, `--claim=book/pem --quick`; null when every case is asked.
 *
 * @example describeSelection({ claims: ['book/pem'], named: true }); // '--claim=book/pem --quick'
 */
export function describeSelection(selection: CaseSelection): string | null {
  const { suites = [], claims = [], findings = [], cases = [], failed, named, pattern } = selection;
  const words = [
    ...suites.map((name) => `--suite=${name}`),
    ...claims.map((id) => `--claim=${id}`),
    ...findings.map((id) => `--finding=${id}`),
    ...cases.map((glob) => `--case=${glob}`),
    ...(failed === undefined ? [] : ['--failed']),
    ...(named === true ? ['--quick'] : []),
    ...(pattern === undefined ? [] : [`-t ${pattern}`]),
  ];
  return words.length === 0 ? null : words.join(' ');
}
