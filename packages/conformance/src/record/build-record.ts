import type { Capabilities, Claim, Observation } from '../claim.ts';
import { canonicalValue } from '../observation/canonical-json.ts';
import { type Measurement, RUN_RECORD_SCHEMA, type RunRecord } from '../run-record.ts';
import { judgeClaims } from '../verdict/judge-claim.ts';

export interface RecordParts {
  /** Identity fields; `capabilities` are added. */
  readonly board: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  readonly claims: readonly Claim[];
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
}

/** Puts a run together: observations canonical and in the order of their case ids, claims judged. */
export function buildRunRecord(parts: RecordParts): RunRecord {
  const latest = new Map(parts.observations.map((observation) => [observation.case, observation.value]));
  const observations = [...latest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ case: name, value: canonicalValue(value) }));
  return {
    schema: RUN_RECORD_SCHEMA,
    board: { ...parts.board, capabilities: parts.capabilities },
    claims: judgeClaims(parts.claims, observations, parts.capabilities),
    observations,
    measurements: parts.measurements,
  };
}
