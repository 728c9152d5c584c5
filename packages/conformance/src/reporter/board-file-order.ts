import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SUITE_NAMES, suiteOfFile } from '../cases/suite-names.ts';

/** Opens the port by itself, so it runs before the session that the suites share. */
const CONTRACT = /[\\/]repl-driver[\\/]contract[\\/]/;

function placeOf(moduleId: string): number {
  if (CONTRACT.test(moduleId)) return -1;
  const suite = suiteOfFile(moduleId);
  return suite === null ? SUITE_NAMES.length : SUITE_NAMES.indexOf(suite);
}

/**
 * The files in the order that one serial line allows: the contract suite, then the suites in their order, the one that may
 * kill the interpreter last. All other files stay as they were, behind them.
 */
export function inBoardOrder<T extends { readonly moduleId: string }>(files: readonly T[]): T[] {
  return files.toSorted((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId));
}

/** Orders files by name of their suite; vitest's own order depends on how long they took last time. */
export class BoardFileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return inBoardOrder(await super.sort(files));
  }
}
