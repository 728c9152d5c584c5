export { probeCapabilities } from './capabilities/probe-capabilities.ts';
export type { CaseBench, ConformanceCase } from './cases/conformance-case.ts';
export { ALL_CASES, SIEGE_CASES, SIEGE_SUITES, SUITES } from './cases/index.ts';
export {
  ALL_SUITE_NAMES,
  type AnySuiteName,
  isSiegeSuite,
  SIEGE_SUITE_NAMES,
  type SiegeSuiteName,
  SUITE_NAMES,
  type SuiteName,
  suiteOfFile,
} from './cases/suite-names.ts';
export type { Capabilities, Claim, ClaimSource, KnownDeviation, Observation, Verdict } from './claim/claim.ts';
export { CLAIMS, SIEGE_CLAIMS } from './claims/index.ts';
export { type CompareOptions, compareRuns, recordName } from './compare/compare-runs.ts';
export type {
  Comparison,
  LibraryChange,
  MeasurementChange,
  NotCompared,
  ObservationChange,
  VerdictChange,
} from './compare/comparison.ts';
export { type ComparisonFormat, formatComparison } from './compare/format-comparison.ts';
export { describeLibrary, libraryVersion } from './compare/library-of.ts';
export { readBaseline, type UpdatedBaseline, updateBaseline } from './compare/update-baseline.ts';
export type { CorpusCase, CorpusLabel, CorpusResult } from './corpus/corpus-case.ts';
export {
  type CorpusRecord,
  compareCorpus,
  formatCorpusRecord,
  type LabelChange,
  readCorpusRecord,
} from './corpus/corpus-record.ts';
export { type LimboResult, limboResultOf, writeLimboResult } from './corpus/limbo-result.ts';
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
export {
  compareForeign,
  type ForeignChange,
  type ForeignRecord,
  foreignRecord,
  readForeignRecord,
  writeForeignRecord,
} from './foreign/foreign-record.ts';
export type { ForeignLabel, ForeignResult, ForeignRole } from './foreign/foreign-result.ts';
export type { ForeignSuiteName } from './foreign/foreign-suite.ts';
export { formatForeignRecord } from './foreign/format-foreign.ts';
export { type BoardLevel, installLevel, readLevel } from './level/board-level.ts';
export { buildMatrix } from './matrix/build-matrix.ts';
export {
  compareSuites,
  formatSuiteComparison,
  type SuiteChange,
  type SuiteComparison,
} from './matrix/compare-suites.ts';
export { firmwaresPage } from './matrix/firmwares-page.ts';
export { type FormatMatrixOptions, formatMatrix, type MatrixFormat } from './matrix/format-matrix.ts';
export { type FormatSuiteMatrixOptions, formatSuiteMatrix } from './matrix/format-suite-matrix.ts';
export type {
  Matrix,
  MatrixCell,
  MatrixColumn,
  MatrixKind,
  MatrixMark,
  MatrixRow,
  MatrixStep,
} from './matrix/matrix.ts';
export { orderRecords } from './matrix/matrix-column.ts';
export { type MatrixRecords, readMatrixRecords } from './matrix/read-matrix-records.ts';
export { buildSuiteMatrices, type SuiteColumn, type SuiteMatrix, type SuiteRow } from './matrix/suite-matrix.ts';
export type { SuiteRecord } from './matrix/suite-record.ts';
export { median } from './median.ts';
export { describeValue } from './observation/describe-value.ts';
export { equalBehaviour } from './observation/equal-behaviour.ts';
export {
  type Intermittent,
  isIntermittent,
  type Outcome,
  outcomesOf,
  sameOutcomes,
  showsOnly,
  sumOutcomes,
} from './observation/intermittent.ts';
export {
  isLost,
  isUnavailable,
  type Limit,
  type LossReason,
  type Lost,
  type Unavailable,
} from './observation/not-observed.ts';
export type { TimeParts } from './profile/time-parts.ts';
export { buildRunRecord, type RecordParts } from './record/build-record.ts';
export { lossLimitPassed } from './record/loss-limit.ts';
export { parseRunRecord, readRunRecord, writeRunRecord } from './record/record-file.ts';
export { askedCases, describeScope, scopeOf } from './record/run-scope.ts';
export { type ClaimTableOptions, followedSource, formatClaimTable } from './report/claim-table.ts';
export { claimsPage } from './report/claims-page.ts';
export { footprintRows } from './report/footprint-rows.ts';
export { type FormatRunOptions, formatRun } from './report/format-run.ts';
export { type ProfileRow, profileRows } from './report/profile-table.ts';
export { type RunVerdict, runSentence, runVerdict, type VerdictParts } from './report/run-verdict.ts';
export { type EndedRun, finishRun } from './reporter/finish-run.ts';
export type { RunOutcome, RunRecordReporterOptions } from './reporter/reporter-options.ts';
export { createRunRecordReporter, RunRecordReporter } from './reporter/run-record-reporter.ts';
export { pointLatestAt, recordPathOf, recordsOf } from './results/keep-record.ts';
export type {
  CaseTimes,
  ClaimResult,
  LostCase,
  Measurement,
  RunProfile,
  RunRecord,
  RunScope,
  SharingBoard,
  Unjudged,
} from './run-record.ts';
export { RUN_RECORD_SCHEMA } from './run-record.ts';
export type { CaseQuestion, Safety } from './safety/safety.ts';
export { caseQuestion, safetyOf, worstSafety } from './safety/safety-of.ts';
export {
  type CaseSelection,
  describeSelection,
  SELECTION_VARIABLE,
  selectionOf,
  serializeSelection,
} from './selection/case-selection.ts';
export { type PlanOptions, planRun, type RunPlan } from './selection/run-plan.ts';
export { type ListedCase, listCases, selectCases } from './selection/select-cases.ts';
export { type SourceLine, sourceText } from './source-line.ts';
export { runSplit, type SplitOptions, type SplitRun } from './split/run-split.ts';
export { type AskedCases, type AskOptions, askCases } from './suite/ask-cases.ts';
export { type AskInOrderOptions, askInOrder } from './suite/ask-in-order.ts';
export type { CaseAnswer } from './suite/ask-one.ts';
export { boardFacts } from './suite/board-facts.ts';
export type { CaseReport, TestTimes } from './suite/case-report.ts';
export { runCase } from './suite/run-case.ts';
export { suiteFile, suiteFiles, suitesFolder } from './suite/suite-files.ts';
export { type Suspicion, suspicionOf } from './suite/suspicion.ts';
export { formatReproduction } from './upstream/format-reproduction.ts';
export { type Reproduction, type ReproductionBench, reproduce } from './upstream/reproduce.ts';
export { upstreamIndex, upstreamPage } from './upstream/upstream-page.ts';
export type { ReportPeer, ReportSign, UpstreamReport } from './upstream/upstream-report.ts';
export { UPSTREAM_REPORTS } from './upstream/upstream-reports.ts';
export { judgeClaim, judgeClaims, redReason } from './verdict/judge-claim.ts';
