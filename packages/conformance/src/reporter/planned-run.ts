import { basename } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { suiteOfFile } from '../cases/suite-names.ts';
import type { RunScope } from '../run-record.ts';
import { type CaseSelection, describeSelection, repeatOf, selectionOf } from '../selection/case-selection.ts';
import { planRun } from '../selection/run-plan.ts';
import type { ProvidedRun } from '../suite/provided-run.ts';

/** What the reporter knows of a run before its first case. */
export interface PlannedRun {
  /** Ids of the cases that are asked. */
  readonly cases: ReadonlySet<string>;
  /** What was asked, as a user types it; null: everything. */
  readonly filter: string | null;
  /** In which order, how often, and on how many copies of the board. */
  readonly asked: Pick<RunScope, 'shuffle' | 'count' | 'copies'>;
}

/** What a record says of the order of the cases, of how often each was run, and of the copies of the board that asked them. */
export function orderAndCount(selection: CaseSelection): PlannedRun['asked'] {
  const { shuffle, copies } = selection;
  const repeat = repeatOf(selection);
  return {
    ...(shuffle === undefined ? {} : { shuffle }),
    ...(repeat === null ? {} : { count: repeat.times }),
    ...(copies === undefined ? {} : { copies }),
  };
}

/** vitest's own pattern of names (`-t`), where it was not made part of the selection. */
function matches(pattern: RegExp | undefined, id: string): boolean {
  return pattern === undefined || pattern.test(id);
}

/** What was asked of a run without a suite, as a user types it; null: every test. */
export function ownFilterOf([first]: readonly TestSpecification[]): string | null {
  if (first === undefined) return null;
  const { config, vitest } = first.project;
  const pattern = config.testNamePattern;
  // vitest keeps the filters of files to itself; without them a part of the files would pass for all.
  const { filenamePattern = [] } = vitest as { filenamePattern?: readonly string[] };
  const words = [...(pattern === undefined ? [] : [`-t ${pattern.source}`]), ...filenamePattern];
  return words.length === 0 ? null : words.join(' ');
}

/** The plan of a vitest run, which its workers get too; null when it holds no suite of ours. */
export function planOf(
  specifications: readonly TestSpecification[],
  { baseline, shared }: Pick<ProvidedRun, 'baseline' | 'shared'>,
): PlannedRun | null {
  const ours = specifications.filter(({ moduleId }) => suiteOfFile(moduleId) !== null);
  const project = ours[0]?.project;
  if (project === undefined) return null;
  const files = ours.map(({ moduleId }) => moduleId);
  for (const each of new Set(ours.map((specification) => specification.project))) {
    each.provide('wirewrapRun', { files, baseline, shared } satisfies ProvidedRun);
  }
  const { env, testNamePattern } = project.config;
  const selection = selectionOf({ ...process.env, ...env });
  const cases = planRun({ files, selection }).cases.filter((id) => matches(testNamePattern, id));
  const words = [
    describeSelection(selection),
    testNamePattern === undefined ? null : `-t ${testNamePattern.source}`,
    // Files that hold none of the selected cases are not missed.
    files.length < planRun({ selection }).suites.length ? files.map((file) => basename(file)).join(' ') : null,
  ].filter((word) => word !== null);
  return {
    cases: new Set(cases),
    filter: words.length === 0 ? null : words.join(' '),
    asked: orderAndCount(selection),
  };
}
