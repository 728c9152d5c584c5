import { ConformanceError } from '../errors.ts';

/**
 * What of the suites is asked. `claims`, `findings`, `cases` and `failed` add up; `named` and `pattern` narrow what they
 * gave. An empty selection asks every case.
 */
export interface CaseSelection {
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
}

/** The variable that carries a selection to the workers. */
export const SELECTION_VARIABLE = 'WIREWRAP_SELECTION';

const LISTS = ['claims', 'findings', 'cases', 'failed'] as const;

/** The selection as the text of the environment variable `WIREWRAP_SELECTION`. */
export function serializeSelection(selection: CaseSelection): string {
  return JSON.stringify(selection);
}

function isSelection(value: unknown): value is CaseSelection {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(fields).every(([name, field]) => {
    if (name === 'named') return typeof field === 'boolean';
    if (name === 'pattern') return typeof field === 'string';
    const isList = (LISTS as readonly string[]).includes(name);
    return isList && Array.isArray(field) && field.every((item) => typeof item === 'string');
  });
}

function parse(text: string): CaseSelection {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
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
 */
export function selectionOf(environment: Readonly<Record<string, string | undefined>>): CaseSelection {
  const text = environment[SELECTION_VARIABLE];
  if (text) return parse(text);
  const word = environment.WIREWRAP_CASES || 'all';
  if (word === 'all') return {};
  if (word === 'claims') return { named: true };
  throw new ConformanceError('BAD_SELECTION', `WIREWRAP_CASES is "${word}"; it must be "all" or "claims".`);
}

/** The selection as a user would type it, `--claim=book/pem --quick`; null when every case is asked. */
export function describeSelection(selection: CaseSelection): string | null {
  const { claims = [], findings = [], cases = [], failed, named, pattern } = selection;
  const words = [
    ...claims.map((id) => `--claim=${id}`),
    ...findings.map((id) => `--finding=${id}`),
    ...cases.map((glob) => `--case=${glob}`),
    ...(failed === undefined ? [] : ['--failed']),
    ...(named === true ? ['--quick'] : []),
    ...(pattern === undefined ? [] : [`-t ${pattern}`]),
  ];
  return words.length === 0 ? null : words.join(' ');
}
