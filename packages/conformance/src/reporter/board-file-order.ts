import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** First what opens the port by itself, before the session that the suites share; last what may kill the interpreter. */
const places: readonly { readonly place: number; readonly files: RegExp }[] = [
  { place: 0, files: /[\\/]repl-driver[\\/]contract[\\/]/ },
  { place: 2, files: /[\\/]suites[\\/]zz-crash\./ },
];

function placeOf(moduleId: string): number {
  return places.find(({ files }) => files.test(moduleId))?.place ?? 1;
}

/** The files in the order that one serial line allows; within a place they stay as they were. */
export function inBoardOrder<T extends { readonly moduleId: string }>(files: readonly T[]): T[] {
  return files.toSorted((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId));
}

/** vitest's order, as far as one serial line allows. */
export class BoardFileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return inBoardOrder(await super.sort(files));
  }
}
