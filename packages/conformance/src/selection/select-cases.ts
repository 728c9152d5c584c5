import { nearWords } from '@wirewrap/certgen';
import { ALL_CASES, SUITES } from '../cases/index.ts';
import { SUITE_NAMES, type SuiteName } from '../cases/suite-names.ts';
import { CLAIMS } from '../claims/index.ts';
import { ConformanceError } from '../errors.ts';
import { FINDINGS } from '../findings/findings.ts';
import type { CaseSelection } from './case-selection.ts';

/** A case with what is judged by it. */
export interface ListedCase {
  readonly id: string;
  readonly suite: SuiteName;
  /** Ids of the claims that it decides. */
  readonly claims: readonly string[];
  /** Ids of the findings that it shows. */
  readonly findings: readonly string[];
}

function namedBy(items: readonly { id: string; cases: readonly string[] }[]): ReadonlyMap<string, string[]> {
  const byCase = new Map<string, string[]>();
  for (const { id, cases } of items) {
    for (const name of cases) byCase.set(name, [...(byCase.get(name) ?? []), id]);
  }
  return byCase;
}

const CLAIMS_OF = namedBy(CLAIMS);
const FINDINGS_OF = namedBy(FINDINGS);

const LISTED: readonly ListedCase[] = SUITE_NAMES.flatMap((suite) =>
  SUITES[suite].map(({ id }) => ({
    id,
    suite,
    claims: CLAIMS_OF.get(id) ?? [],
    findings: FINDINGS_OF.get(id) ?? [],
  })),
);

const isNamed = ({ claims, findings }: ListedCase): boolean => claims.length + findings.length > 0;

/** Every case in the order of the suites, with the claims and findings that name it. Nothing is run. */
export function listCases(): readonly ListedCase[] {
  return LISTED;
}

function refuse(what: string, typed: string, known: readonly string[]): never {
  const near = nearWords(known, typed);
  const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '; see `wirewrap test --list`';
  throw new ConformanceError('NO_SUCH_CASE', `There is no ${what} "${typed}"${hint}`);
}

function casesOf(what: string, items: readonly { id: string; cases: readonly string[] }[], ids: readonly string[]) {
  return ids.flatMap((id) => {
    const item = items.find((candidate) => candidate.id === id);
    if (item !== undefined) return item.cases;
    return refuse(
      what,
      id,
      items.map((candidate) => candidate.id),
    );
  });
}

/** `*` stands for any text. */
function globOf(glob: string): RegExp {
  return new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
}

function casesLike(globs: readonly string[]): string[] {
  const ids = ALL_CASES.map(({ id }) => id);
  return globs.flatMap((glob) => {
    const pattern = globOf(glob);
    const found = ids.filter((id) => pattern.test(id));
    return found.length > 0 ? found : refuse('case', glob, ids);
  });
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (cause) {
    throw new ConformanceError('BAD_SELECTION', `${text} is not a regular expression: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * The cases that a selection asks, suite by suite; in each suite those that a claim or a finding names come first, so that
 * a run that is cut short has them. A selection that fits no case gives an empty list; a claim, finding or case that does
 * not exist is a ConformanceError `NO_SUCH_CASE` that names what comes near.
 *
 * @example selectCases({ claims: ['book/pem'] }).map(({ id }) => id) // ['server/identity/der', 'server/identity/pem']
 */
export function selectCases(selection: CaseSelection = {}): readonly ListedCase[] {
  const { claims, findings, cases, failed } = selection;
  const asked =
    claims === undefined && findings === undefined && cases === undefined && failed === undefined
      ? null
      : new Set([
          ...casesOf('claim', CLAIMS, claims ?? []),
          ...casesOf('finding', FINDINGS, findings ?? []),
          ...casesLike(cases ?? []),
          ...(failed ?? []),
        ]);
  const pattern = selection.pattern === undefined ? null : patternOf(selection.pattern);
  const chosen = LISTED.filter(
    (item) =>
      (asked?.has(item.id) ?? true) && (pattern?.test(item.id) ?? true) && (selection.named !== true || isNamed(item)),
  );
  return SUITE_NAMES.flatMap((suite) => {
    const ofSuite = chosen.filter((item) => item.suite === suite);
    return [...ofSuite.filter(isNamed), ...ofSuite.filter((item) => !isNamed(item))];
  });
}
