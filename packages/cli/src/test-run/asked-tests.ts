import { resolve } from 'node:path';
import { type CaseSelection, selectCases, suiteFile } from '@wirewrap/conformance';
import { isOwnProject, workspaceRoot } from '../repository.ts';
import type { ProjectChoice } from './project-choice.ts';
import type { VitestArguments } from './vitest-arguments.ts';

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
  { testNamePattern, root }: VitestArguments['options'],
  { boardOnly }: ProjectChoice,
  filters: readonly string[],
  picked: boolean,
): AskedTests {
  const both = withPattern(cases, testNamePattern);
  // Under another --root there are other tests: a pattern that fits cases, too, is theirs.
  const hasSuites = root === undefined || resolve(root) === workspaceRoot;
  const ofCases = hasSuites && boardOnly && testNamePattern !== undefined && selectCases(both).length > 0;
  // In a project of one's own the files alone keep its tests out.
  const suitesOnly = (ofCases || picked || (boardOnly && isOwnProject)) && filters.length === 0;
  const suites = new Set(selectCases(ofCases ? both : cases).map(({ suite }) => suiteFile(suite)));
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
