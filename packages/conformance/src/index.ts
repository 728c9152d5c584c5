export type { Capabilities, Claim, ClaimSource, KnownDeviation, Observation, Verdict } from './claim.ts';
export type { ClaimResult, Measurement, RunRecord } from './run-record.ts';
