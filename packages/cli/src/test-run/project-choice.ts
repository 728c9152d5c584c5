import type { CommandContext } from '../command.ts';
import { isOwnProject } from '../repository.ts';
import { picksCases } from './case-options.ts';

/** Which projects run, and whether a board is used. */
export interface ProjectChoice {
  /** Undefined: every project. */
  readonly projects: readonly string[] | undefined;
  /** Whether the suites are all that runs. */
  readonly boardOnly: boolean;
  /** Whether the suites come beside the tests of a project of one's own; in the checkout they are always there. */
  readonly addsSuites: boolean;
  /** Whether the suites are among what runs, as far as no file filter leaves them out. */
  readonly asksSuites: boolean;
  /** Whether a board is certain to be used, so that it is checked first. */
  readonly needsBoard: boolean;
}

/** The vitest project of the suites: in the checkout, and in a project of one's own. */
export const suitesProject: string = isOwnProject ? 'suites' : 'board';

/** The projects that flags and filters ask for. */
export function chooseProjects(
  { values }: Pick<CommandContext, 'values'>,
  project: string | string[] | undefined,
  filtered: boolean,
): ProjectChoice {
  const asked = project === undefined ? undefined : [project].flat();
  const everything = asked === undefined && !filtered;
  const boardGiven = values.board !== undefined;
  if (isOwnProject) return inOwnProject(asked, values, boardGiven || everything);
  const suitesOnly = boardGiven || values.suites === true || picksCases({ values });
  const projects = asked ?? (suitesOnly ? [suitesProject] : undefined);
  const boardOnly = projects?.every((name) => name === suitesProject) ?? false;
  const asksSuites = projects?.includes(suitesProject) ?? true;
  const needsBoard = boardOnly || (projects === undefined && !filtered);
  return { projects, boardOnly, addsSuites: false, asksSuites, needsBoard };
}

/** Its tests are what runs; beside them the suites when they are asked for; only the suites when cases are picked. */
function inOwnProject(
  asked: readonly string[] | undefined,
  values: CommandContext['values'],
  needsBoard: boolean,
): ProjectChoice {
  const boardOnly = picksCases({ values }) || (asked?.every((name) => name === suitesProject) ?? false);
  const named = asked?.includes(suitesProject) ?? false;
  const addsSuites = boardOnly || named || values.suites === true || values.quick === true;
  const others = asked?.filter((name) => name !== suitesProject);
  const projects = boardOnly || others === undefined ? undefined : addsSuites ? [...others, suitesProject] : others;
  return { projects, boardOnly, addsSuites, asksSuites: addsSuites, needsBoard: addsSuites || needsBoard };
}
