export { probeCapabilities } from './capabilities/probe-capabilities.ts';
export type { CaseBench, ConformanceCase } from './cases/conformance-case.ts';
export { ALL_CASES, SUITES } from './cases/index.ts';
export type { Capabilities, Claim, ClaimSource, KnownDeviation, Observation, Verdict } from './claim.ts';
export { claimsPage } from './claims/claims-page.ts';
export { CLAIMS } from './claims/index.ts';
export type { MeasurementChange } from './compare/compare-measurements.ts';
export {
  type CompareOptions,
  type Comparison,
  compareRuns,
  type NotCompared,
  type ObservationChange,
  recordName,
  type VerdictChange,
} from './compare/compare-runs.ts';
export { type ComparisonFormat, formatComparison } from './compare/format-comparison.ts';
export { readBaseline, updateBaseline } from './compare/update-baseline.ts';
export type { CorpusCase, CorpusLabel, CorpusResult } from './corpus/corpus-case.ts';
export {
  type CorpusRecord,
  compareCorpus,
  formatCorpusRecord,
  type LabelChange,
  readCorpusRecord,
} from './corpus/corpus-record.ts';
export { readCorpus } from './corpus/read-corpus.ts';
export { type CorpusOptions, type CorpusProgress, runLimboCorpus } from './corpus/run-limbo-corpus.ts';
export {
  type CaseDetail,
  type FailureClass,
  RUN_DETAILS_SCHEMA,
  type RunDetails,
} from './details/case-detail.ts';
export type { CertificateDetail } from './details/certificate-detail.ts';
export { detailsPathOf, readRunDetails, writeRunDetails } from './details/details-file.ts';
export { type FailureLike, failureClassOf } from './details/failure-class.ts';
export type { HandshakeDetail, StepDetail, WireDetail } from './details/handshake-detail.ts';
export { toSerialLog, withoutSecrets } from './details/secrets.ts';
export { toCertificateDetail } from './details/to-certificate-detail.ts';
export { toHandshakeDetail } from './details/to-handshake-detail.ts';
export { ConformanceError, type ConformanceErrorCode } from './errors.ts';
export type { Finding, FindingResult } from './findings/finding.ts';
export { FINDINGS } from './findings/findings.ts';
export { findingsOf } from './findings/findings-of.ts';
export { buildMatrix } from './matrix/build-matrix.ts';
export { firmwaresPage } from './matrix/firmwares-page.ts';
export { type FormatMatrixOptions, formatMatrix, type MatrixFormat } from './matrix/format-matrix.ts';
export type {
  Matrix,
  MatrixCell,
  MatrixColumn,
  MatrixKind,
  MatrixMark,
  MatrixRow,
  MatrixStep,
} from './matrix/matrix.ts';
export { describeValue, isLost, isUnavailable } from './observation/describe-value.ts';
export { buildRunRecord, type RecordParts } from './record/build-record.ts';
export { parseRunRecord, readRunRecord, writeRunRecord, writeWhole } from './record/record-file.ts';
export { type ClaimTableOptions, followedSource, formatClaimTable } from './report/claim-table.ts';
export {
  createRunRecordReporter,
  type RunOutcome,
  RunRecordReporter,
  type RunRecordReporterOptions,
} from './reporter/run-record-reporter.ts';
export type { ClaimResult, Measurement, RunRecord } from './run-record.ts';
export { RUN_RECORD_SCHEMA } from './run-record.ts';
export { boardFacts } from './suite/board-facts.ts';
export type { CaseReport } from './suite/case-report.ts';
export { runCase } from './suite/run-case.ts';
export { type CaseSelection, caseSelection } from './suite/selected-cases.ts';
export { judgeClaim, judgeClaims, redReason } from './verdict/judge-claim.ts';
