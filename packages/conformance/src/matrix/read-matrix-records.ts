import { parseRunRecord } from '../record/record-file.ts';
import { readJson } from '../record/results-file.ts';
import type { RunRecord } from '../run-record.ts';
import { isSuiteRecord, type SuiteRecord } from './suite-record.ts';

/** What files hold that can stand side by side. */
export interface MatrixRecords {
  readonly runs: readonly RunRecord[];
  /** Of `wirewrap bogo`, `tlsfuzzer`, `upstream-tests` and `corpus`. */
  readonly suites: readonly SuiteRecord[];
}

/**
 * Reads run records and records of foreign suites, in any order.
 *
 * @example const { runs, suites } = await readMatrixRecords(['results/latest.json', 'results/bogo.json']);
 * @throws ConformanceError `NO_SUCH_FILE`, `NOT_A_RECORD` or `OTHER_SCHEMA` when a file is neither.
 */
export async function readMatrixRecords(paths: readonly string[]): Promise<MatrixRecords> {
  const runs: RunRecord[] = [];
  const suites: SuiteRecord[] = [];
  for (const path of paths) {
    const value = await readJson(
      path,
      'name a file that wirewrap test, bogo, tlsfuzzer, upstream-tests or corpus wrote',
    );
    if (isSuiteRecord(value)) suites.push(value);
    else runs.push(parseRunRecord(value, path));
  }
  return { runs, suites };
}
