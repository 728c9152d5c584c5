import { askedCases, scopeOf } from '../record/run-scope.ts';
import type { RunRecord } from '../run-record.ts';
import { wasNotAsked } from '../verdict/judge-claim.ts';
import { compareMeasurements } from './compare-measurements.ts';
import { type CompareScope, compareObservations } from './compare-observations.ts';
import type { Comparison, LibraryChange, VerdictChange } from './comparison.ts';
import { describeLibrary, libraryVersion } from './library-of.ts';

/** What counts as a change between two runs. */
export interface CompareOptions {
  /** A measurement's median may move by this part before it is called a change. Default 0.25. */
  readonly tolerance?: number;
  /** Compare only cases that both records hold, whatever each of them asked. Default false. */
  readonly common?: boolean;
}

/**
 * `MicroPython 1.26.1 on linux, Mbed TLS 3.6.3`: the library is the one that ran.
 *
 * @example recordName(record); // 'MicroPython 1.26.1 on linux, Mbed TLS 3.6.3'
 */
export function recordName(record: RunRecord): string {
  const { version, platform, machine, capabilities } = record.board;
  const library = libraryVersion(record);
  const shape = capabilities?.shape ?? null;
  return [
    `MicroPython ${version ?? 'unknown'}`,
    ` on ${machine ?? platform ?? 'an unknown board'}`,
    library === null ? '' : `, Mbed TLS ${library}`,
    shape === null ? '' : `, shown as ${shape}`,
  ].join('');
}

/** The libraries that ran, where both are known and differ. */
function libraryChange(before: RunRecord, after: RunRecord): LibraryChange | null {
  if (libraryVersion(before) === null || libraryVersion(before) === libraryVersion(after)) return null;
  const [was, is] = [describeLibrary(before), describeLibrary(after)];
  return was === null || is === null ? null : { before: was, after: is };
}

/** Which cases each run asked; with `common`, those that it holds. */
function scopeOfBoth(before: RunRecord, after: RunRecord, common: boolean): CompareScope {
  const held = ({ observations }: RunRecord) => new Set(observations.map((item) => item.case));
  return common
    ? { asked: held(after), askedBefore: held(before) }
    : { asked: askedCases(after), askedBefore: askedCases(before), notRun: scopeOf(after).notRun };
}

function compareVerdicts(before: RunRecord, after: RunRecord, partial: boolean): VerdictChange[] {
  const old = new Map(before.claims.map((claim) => [claim.id, claim]));
  const now = new Map(after.claims.map((claim) => [claim.id, claim]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const [a, b] = [old.get(id), now.get(id)];
    if (a?.verdict === b?.verdict) return [];
    if ([a, b].some((claim) => claim?.because === 'lost' || claim?.because === 'not-run')) return [];
    if (partial && [a, b].some((claim) => claim === undefined || wasNotAsked(claim))) return [];
    return [{ id, statement: (b ?? a)?.statement ?? '', before: a?.verdict ?? null, after: b?.verdict ?? null }];
  });
}

/**
 * What changed from one run to another: observations first, then verdicts, measurements apart.
 *
 * @example const { changed, observations } = compareRuns(before, after, { tolerance: 0.5 });
 */
export function compareRuns(before: RunRecord, after: RunRecord, options: CompareOptions = {}): Comparison {
  const common = options.common ?? false;
  const scope = scopeOfBoth(before, after, common);
  const partial = scope.asked !== null || scope.askedBefore !== null;
  const { changes, notCompared, same } = compareObservations(before.observations, after.observations, scope);
  return {
    before: recordName(before),
    after: recordName(after),
    library: libraryChange(before, after),
    observations: changes,
    notCompared,
    verdicts: compareVerdicts(before, after, partial),
    measurements: compareMeasurements(before.measurements, after.measurements, options.tolerance ?? 0.25),
    same,
    changed: changes.length > 0,
  };
}
