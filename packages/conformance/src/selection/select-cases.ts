import { didYouMean } from '@wirewrap/certgen/near-words';
import { SIEGE_SUITES, SUITES } from '../cases/index.ts';
import {
  ALL_SUITE_NAMES,
  type AnySuiteName,
  isSiegeSuite,
  SIEGE_SUITE_NAMES,
  SUITE_NAMES,
} from '../cases/suite-names.ts';
import { CLAIMS, SIEGE_CLAIMS } from '../claims/index.ts';
import { ConformanceError } from '../errors.ts';
import { FINDINGS } from '../findings/findings.ts';
import { SIEGE_FINDINGS } from '../findings/siege-findings.ts';
import { shuffled, suiteOrder } from './case-order.ts';
import type { CaseSelection } from './case-selection.ts';

/** A case with what is judged by it. */
export interface ListedCase {
  readonly id: string;
  readonly suite: AnySuiteName;
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

const ALL_CLAIMS = [...CLAIMS, ...SIEGE_CLAIMS];
const ALL_FINDINGS = [...FINDINGS, ...SIEGE_FINDINGS];
const CLAIMS_OF = namedBy(ALL_CLAIMS);
const FINDINGS_OF = namedBy(ALL_FINDINGS);

const EVERY_SUITE = { ...SUITES, ...SIEGE_SUITES };

const listed = (suites: readonly AnySuiteName[]): readonly ListedCase[] =>
  suites.flatMap((suite) =>
    EVERY_SUITE[suite].map(({ id }) => ({
      id,
      suite,
      claims: CLAIMS_OF.get(id) ?? [],
      findings: FINDINGS_OF.get(id) ?? [],
    })),
  );

const LISTED = listed(SUITE_NAMES);
const LISTED_SIEGE = listed(SIEGE_SUITE_NAMES);

const isNamed = ({ claims, findings }: ListedCase): boolean => claims.length + findings.length > 0;

/**
 * Every case of a whole run in the order of the suites, with the claims and findings that name it. Nothing is run.
 *
 * @example listCases().filter(({ suite }) => suite === 'trust').map(({ id }) => id);
 */
export function listCases(): readonly ListedCase[] {
  return LISTED;
}

function refuse(what: string, typed: string, known: readonly string[]): never {
  const list = what === 'suite' ? `there are ${known.join(', ')}` : 'see `wirewrap test --list`';
  const hint = didYouMean(known, typed) ?? list;
  throw new ConformanceError('NO_SUCH_CASE', `There is no ${what} "${typed}"; ${hint}`);
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

/** The suites that a selection looks into; null: none is named. */
function suitesOf({ suites }: CaseSelection): ReadonlySet<AnySuiteName> | null {
  if (suites === undefined) return null;
  return new Set(
    suites.flatMap((name): readonly AnySuiteName[] => {
      if (name === 'default') return SUITE_NAMES;
      const found = ALL_SUITE_NAMES.find((suite) => suite === name);
      return found === undefined ? refuse('suite', name, ['default', ...ALL_SUITE_NAMES]) : [found];
    }),
  );
}

/** Without a suite a pattern fits the cases of a whole run; an id that is written out fits any case. */
function casesLike(globs: readonly string[], suites: ReadonlySet<AnySuiteName> | null): string[] {
  return globs.flatMap((glob) => {
    const pattern = globOf(glob);
    const isOpen = ({ suite }: ListedCase): boolean =>
      suites === null ? !isSiegeSuite(suite) || !glob.includes('*') : suites.has(suite);
    const fitting = [...LISTED, ...LISTED_SIEGE].filter(({ id }) => pattern.test(id));
    const found = fitting.filter(isOpen);
    if (found.length > 0) return found.map(({ id }) => id);
    const [shut] = fitting;
    if (shut === undefined)
      return refuse(
        'case',
        glob,
        [...LISTED, ...LISTED_SIEGE].filter(isOpen).map(({ id }) => id),
      );
    throw new ConformanceError(
      'NO_SUCH_CASE',
      `The cases that "${glob}" fits are in the suite ${shut.suite}: add --suite=${shut.suite}`,
    );
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
 * a run that is cut short has them; with `shuffle` both are in the order of the seed. A selection that fits no case gives an empty list; a claim, finding or case that does
 * not exist is a ConformanceError `NO_SUCH_CASE` that names what comes near.
 *
 * @example selectCases({ claims: ['book/pem'] }).map(({ id }) => id) // ['server/identity/der', 'server/identity/pem']
 */
export function selectCases(selection: CaseSelection = {}): readonly ListedCase[] {
  const { claims, findings, cases, failed } = selection;
  const suites = suitesOf(selection);
  const asked =
    claims === undefined && findings === undefined && cases === undefined && failed === undefined
      ? null
      : new Set([
          ...casesOf('claim', ALL_CLAIMS, claims ?? []),
          ...casesOf('finding', ALL_FINDINGS, findings ?? []),
          ...casesLike(cases ?? [], suites),
          ...(failed ?? []),
        ]);
  const pattern = selection.pattern === undefined ? null : patternOf(selection.pattern);
  const isInSuites = ({ id, suite }: ListedCase): boolean =>
    suites === null ? !isSiegeSuite(suite) || (asked?.has(id) ?? false) : suites.has(suite);
  const chosen = [...LISTED, ...LISTED_SIEGE].filter(
    (item) =>
      isInSuites(item) &&
      (asked?.has(item.id) ?? true) &&
      (pattern?.test(item.id) ?? true) &&
      (selection.named !== true || isNamed(item)),
  );
  const { shuffle } = selection;
  return suiteOrder(selection).flatMap((suite) => {
    const ofSuite = chosen.filter((item) => item.suite === suite);
    if (shuffle !== undefined) return shuffled(shuffle, ofSuite, ({ id }) => id);
    return [...ofSuite.filter(isNamed), ...ofSuite.filter((item) => !isNamed(item))];
  });
}
