import { type CaseSelection, selectCases } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { isOwnProject } from '../repository.ts';
import { picksCases } from './case-options.ts';
import type { VitestArguments } from './vitest-arguments.ts';

/** Which projects run, and whether a board is used. */
export interface ProjectChoice {
  /** Undefined: every project. */
  readonly projects: readonly string[] | undefined;
  readonly boardOnly: boolean;
  /** Whether a board is certain to be used, so that it is checked first. */
  readonly needsBoard: boolean;
}

/** The projects that flags and filters ask for. */
export function selectProjects(
  { values }: CommandContext,
  project: VitestArguments['options']['project'],
  filtered: boolean,
): ProjectChoice {
  const asked = project === undefined ? undefined : [project].flat();
  const boardGiven = values.board !== undefined;
  const suitesOnly = (boardGiven && !isOwnProject) || picksCases({ values });
  const projects = asked ?? (suitesOnly ? ['board'] : undefined);
  const boardOnly = projects?.every((name) => name === 'board') ?? false;
  const ownOnBoard = isOwnProject && boardGiven;
  return { projects, boardOnly, needsBoard: boardOnly || ownOnBoard || (projects === undefined && !filtered) };
}

/** What vitest is asked for, and what the suites are. */
export interface AskedTests {
  readonly cases: CaseSelection;
  /** vitest's own pattern, for tests that are no cases. */
  readonly pattern: string | RegExp | undefined;
  readonly filters: readonly string[];
}

/**
 * A pattern that fits cases is part of their selection: vitest's own would leave out the tests that judge the claims. Cases that
 * are picked ask nothing but the suites.
 */
export function askedTests(
  cases: CaseSelection,
  { testNamePattern }: VitestArguments['options'],
  { boardOnly }: ProjectChoice,
  filters: readonly string[],
  picked: boolean,
): AskedTests {
  const both = withPattern(cases, testNamePattern);
  const ofCases = boardOnly && testNamePattern !== undefined && selectCases(both).length > 0;
  const suitesOnly = (ofCases || picked) && filters.length === 0;
  const suites = new Set(selectCases(ofCases ? both : cases).map(({ suite }) => `conformance/suites/${suite}.test`));
  return {
    cases: ofCases ? both : cases,
    pattern: ofCases ? undefined : testNamePattern,
    filters: suitesOnly ? [...suites] : filters,
  };
}

/** A selection of cases that a pattern narrows. */
export function withPattern(cases: CaseSelection, pattern: string | RegExp | undefined): CaseSelection {
  if (pattern === undefined) return cases;
  return { ...cases, pattern: typeof pattern === 'string' ? pattern : pattern.source };
}
