import {
  type CaseDetail,
  type CaseQuestion,
  type ClaimResult,
  caseQuestion,
  describeValue,
  type FindingResult,
  findingsOf,
  type ListedCase,
  type Safety,
  safetyOf,
  selectCases,
} from '@wirewrap/conformance';
import { CliError } from '../errors.ts';
import type { ReportRun } from '../report/report-run.ts';

/** One case in the light of one run: what `wirewrap explain --json` prints. */
export interface CaseExplanation {
  readonly case: string;
  /** The record that it was read from. */
  readonly record: string;
  readonly board: { readonly url?: string; readonly version?: unknown; readonly machine?: unknown };
  /** What was posed, what is wrong with it and what a careful peer does, in words; null for a case that is no matter of safety. */
  readonly question: Pick<CaseQuestion, 'posed' | 'wrong' | 'careful' | 'others'> | null;
  /** The canonical observation; null without one. */
  readonly value: unknown;
  /** The same in words, or why there is none. */
  readonly observed: string;
  /** Whether the board did what a careful peer does. */
  readonly safety: Safety;
  /** The statements that the case decides, with their verdicts. */
  readonly claims: readonly ClaimResult[];
  readonly findings: readonly FindingResult[];
  /** Times, both ends of each handshake, the error and whose fault it is; null without details beside the record. */
  readonly detail: CaseDetail | null;
  /** The command that asks this case again. */
  readonly again: string;
}

/** Fails with `NO_SUCH_CASE` for a name that no case has, and says what comes near; a glob is no name. */
export function requireCase(id: string): ListedCase {
  const listed = selectCases({ cases: [id.replaceAll('*', '?')] }).find((each) => each.id === id);
  if (listed === undefined) throw new CliError('BAD_USAGE', `There is no case ${id}; see \`wirewrap test --list\`.`);
  return listed;
}

export function explainCase(id: string, run: ReportRun, path: string): CaseExplanation {
  const listed = requireCase(id);
  const { record, details } = run;
  const { url, version, machine } = record.board;
  const question = caseQuestion(id);
  const value = record.observations.find((observation) => observation.case === id)?.value;
  return {
    case: id,
    record: path,
    board: { ...(url === undefined ? {} : { url }), version, machine },
    question: question === null ? null : wordsOf(question),
    value: value ?? null,
    observed: value === undefined ? whyNothing(id, run) : describeValue(value),
    safety: safetyOf(id, value),
    claims: record.claims.filter((claim) => listed.claims.includes(claim.id)),
    findings: findingsOf(record).filter((finding) => listed.findings.includes(finding.id)),
    detail: details?.cases.find((detail) => detail.case === id) ?? null,
    again: `wirewrap test${url === undefined ? '' : ` --board='${url}'`} --case='${id}'`,
  };
}

function wordsOf({ posed, wrong, careful, others }: CaseQuestion): NonNullable<CaseExplanation['question']> {
  return { posed, wrong, careful, ...(others === undefined ? {} : { others }) };
}

function whyNothing(id: string, { record: { run } }: ReportRun): string {
  const lost = run?.lost.find((each) => each.case === id);
  if (lost) return `lost: ${lost.reason}`;
  return run?.notRun.includes(id) ? 'it was asked, and there is no observation' : 'this run did not ask it';
}
