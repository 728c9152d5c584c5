import type { Capabilities, Claim, Observation } from '../claim/claim.ts';
import { type Measurement, RUN_RECORD_SCHEMA, type RunRecord } from '../run-record.ts';
import { judgeClaims } from '../verdict/judge-claim.ts';
import { type AskedRun, runScope } from './run-scope.ts';

/** What a run record is built of. */
export interface RecordParts {
  /** Identity fields; `capabilities` are added. */
  readonly board: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  readonly claims: readonly Claim[];
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
  /** Cases that were asked. Default: those that were observed. */
  readonly asked?: ReadonlySet<string>;
  /** What the run was; the rest of its scope follows from the cases. */
  readonly run?: AskedRun;
}

/**
 * Puts a run together: observations (canonical already) in the order of their case ids, claims judged.
 *
 * @example buildRunRecord({ board: { url: 'virtual' }, capabilities, claims: CLAIMS, observations, measurements: [] });
 */
export function buildRunRecord(parts: RecordParts): RunRecord {
  const latest = new Map(parts.observations.map((observation) => [observation.case, observation.value]));
  const observations = [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ case: name, value }));
  const asked = parts.asked ?? new Set(latest.keys());
  const notRun = [...asked].filter((name) => !latest.has(name)).sort();
  return {
    schema: RUN_RECORD_SCHEMA,
    board: { ...parts.board, capabilities: parts.capabilities },
    ...(parts.run === undefined ? {} : { run: runScope(parts.run, observations, notRun) }),
    claims: judgeClaims(parts.claims, observations, parts.capabilities, asked),
    observations,
    measurements: parts.measurements,
  };
}
