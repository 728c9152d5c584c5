import { ConformanceError } from '../errors.ts';
import { hostLimitOf, NO_OPENSSL } from '../observation/host-limit.ts';
import { isLost } from '../observation/not-observed.ts';
import { readRunRecord, writeRunRecord } from '../record/record-file.ts';
import { describeScope } from '../record/run-scope.ts';
import type { RunRecord } from '../run-record.ts';
import { compareRuns } from './compare-runs.ts';
import type { Comparison } from './comparison.ts';

/** `debian-1.25.0.json` to `debian-1.25.0.measurements.json`: numbers stand apart from behaviour. */
function measurementsPathOf(baselinePath: string): string {
  return `${baselinePath.replace(/\.json$/, '')}.measurements.json`;
}

function ignoreMissing(error: unknown): null {
  if (error instanceof ConformanceError && error.code === 'NO_SUCH_FILE') return null;
  throw error;
}

/** What a reviewed baseline keeps: behaviour. Which of equal boards it was and how fast it ran, it does not. */
export function asBaseline(record: RunRecord): RunRecord {
  const { url: _url, uniqueId: _uniqueId, ...board } = record.board;
  const { run: _run, ...behaviour } = record;
  return { ...behaviour, board, measurements: [] };
}

/** Reads a baseline, with the measurements that lie beside it when there are any. */
export async function readBaseline(path: string): Promise<RunRecord> {
  const record = await readRunRecord(path);
  if (record.measurements.length > 0) return record;
  const numbers = await readRunRecord(measurementsPathOf(path)).catch(ignoreMissing);
  return numbers === null ? record : { ...record, measurements: numbers.measurements };
}

/**
 * Makes a run the reviewed baseline: behaviour into the file, measurements beside it. Refuses a run that was cut short or lost cases.
 * Resolves with what changed against the old baseline, or null when there was none.
 */
export async function updateBaseline(runPath: string, baselinePath: string): Promise<Comparison | null> {
  const run = await readRunRecord(runPath);
  const part = describeScope(run);
  if (part !== null) {
    throw new ConformanceError(
      'UNSAFE_UPDATE',
      `${runPath} is not a whole run (${part}): a baseline needs one; run the suites without a filter`,
    );
  }
  const lost = run.observations.filter((item) => isLost(item.value)).map((item) => item.case);
  if (lost.length > 0) {
    throw new ConformanceError(
      'UNSAFE_UPDATE',
      `${runPath} lost ${lost.length} cases (${lost.slice(0, 3).join(', ')}): a baseline needs a whole run; run the suites again`,
    );
  }
  const unposed = run.observations.filter((item) => hostLimitOf(item.value) === NO_OPENSSL.unavailable).length;
  if (unposed > 0) {
    throw new ConformanceError(
      'UNSAFE_UPDATE',
      `${runPath} could not pose ${unposed} ${unposed === 1 ? 'case' : 'cases'} because ${NO_OPENSSL.unavailable}: a baseline needs a whole run; install it and run the suites again`,
    );
  }
  const old = await readBaseline(baselinePath).catch(ignoreMissing);
  const baseline = asBaseline(run);
  await writeRunRecord(baselinePath, baseline);
  await writeRunRecord(measurementsPathOf(baselinePath), {
    ...baseline,
    claims: [],
    observations: [],
    measurements: run.measurements,
  });
  return old === null ? null : compareRuns(old, run);
}
