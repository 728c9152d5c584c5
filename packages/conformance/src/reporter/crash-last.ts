import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** vitest's order, but suites whose cases may kill the interpreter come last. */
export class CrashLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const crashes = ({ moduleId }: TestSpecification): boolean => /[\\/]suites[\\/]zz-crash\./.test(moduleId);
    return [...sorted.filter((file) => !crashes(file)), ...sorted.filter(crashes)];
  }
}
