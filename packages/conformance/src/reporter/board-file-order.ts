import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { type AnySuiteName, suiteOfFile } from '../cases/suite-names.ts';
import { suiteOrder } from '../selection/case-order.ts';
import { selectionOf } from '../selection/case-selection.ts';

/** Opens the port by itself, so it runs before the session that the suites share. */
const CONTRACT = /[\\/]repl-driver[\\/]contract[\\/]/;

function placeOf(moduleId: string, order: readonly AnySuiteName[]): number {
  if (CONTRACT.test(moduleId)) return -1;
  const suite = suiteOfFile(moduleId);
  return suite === null ? order.length : order.indexOf(suite);
}

/**
 * The files in the order that one serial line allows: the contract suite, then the suites in their order, the one that may
 * kill the interpreter last. All other files stay as they were, behind them. `order`: that of the suites, default their own.
 *
 * @example inBoardOrder([{ moduleId: '/suites/trust.test.ts' }, { moduleId: '/suites/book.test.ts' }]); // book, then trust
 */
export function inBoardOrder<T extends { readonly moduleId: string }>(
  files: readonly T[],
  order: readonly AnySuiteName[] = suiteOrder({}),
): T[] {
  return files.toSorted((a, b) => placeOf(a.moduleId, order) - placeOf(b.moduleId, order));
}

/**
 * Orders files by name of their suite; vitest's own order depends on how long they took last time.
 *
 * @example export default defineConfig({ test: { sequence: { sequencer: BoardFileOrder } } });
 */
export class BoardFileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return inBoardOrder(await super.sort(files), suiteOrder(selectionOf(process.env)));
  }
}
