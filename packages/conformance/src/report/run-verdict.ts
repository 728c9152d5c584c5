import type { Comparison } from '../compare/comparison.ts';
import type { Finding } from '../findings/finding.ts';
import { findingsOf } from '../findings/findings-of.ts';
import { isIntermittent } from '../observation/intermittent.ts';
import { BEYOND_MEMORY } from '../observation/not-observed.ts';
import { lossLimitPassed } from '../record/loss-limit.ts';
import { describeScope, isOwnOnly, scopeOf } from '../record/run-scope.ts';
import type { LostCase, RunRecord } from '../run-record.ts';
import { redReason } from '../verdict/judge-claim.ts';

/** What the verdict of a run is made of. */
export interface VerdictParts {
  /** What changed against a baseline. */
  readonly comparison?: Comparison | null;
  /** The baseline's name for a reader, such as its path. */
  readonly baseline?: string | undefined;
  /** Ids of the cases whose test failed, with or without an observation. */
  readonly failed?: readonly string[];
}

/** A run in one word, why, and one sentence that says all of it. */
export interface RunVerdict {
  readonly red: boolean;
  /** Why it is red, one text for each reason; empty when it is green. */
  readonly reasons: readonly string[];
  readonly sentence: string;
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** `a, b, c and 4 more`. */
function some(names: readonly string[], limit = 3): string {
  const shown = names.slice(0, limit).join(', ');
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}

const PLURALS: Readonly<Record<Finding['severity'], readonly [string, string]>> = {
  hole: ['hole', 'holes'],
  crash: ['crash', 'crashes'],
  trap: ['trap', 'traps'],
};

/** `4 holes, 2 crashes, 3 traps`. */
function findingsPart(record: RunRecord): string {
  const seen = findingsOf(record).filter((finding) => finding.seen === true);
  const counts = (['hole', 'crash', 'trap'] as const).flatMap((severity) => {
    const number = seen.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [count(number, ...PLURALS[severity])];
  });
  return counts.length === 0 ? 'no known hole, crash or trap seen' : `${counts.join(', ')} seen`;
}

function statementsPart(record: RunRecord, red: readonly string[]): string {
  const verdicts = (verdict: string): number => record.claims.filter((claim) => claim.verdict === verdict).length;
  const [conform, deviate] = [verdicts('conforms'), verdicts('deviates')];
  if (red.length > 0) return `${count(red.length, 'statement')} red (${some(red)})`;
  if (conform + deviate === 0) return 'no statement could be judged';
  return `${count(conform, 'statement')} conform, ${count(deviate, 'known deviation')}`;
}

/** Cases that did not show the same each time. */
function intermittentPart(ids: readonly string[]): string {
  return ids.length === 0 ? '' : `${count(ids.length, 'case')} intermittent (${some(ids)})`;
}

function lossPart(record: RunRecord): string {
  const { lost } = scopeOf(record);
  if (lost.length === 0) return '';
  const reasons = [...Map.groupBy(lost, ({ reason }) => reason)].map(([reason, cases]) => `${reason}: ${cases.length}`);
  return `${count(lost.length, 'case')} lost (${reasons.join(', ')})`;
}

function baselinePart({ comparison, baseline }: VerdictParts): string {
  if (comparison == null) return '';
  const name = baseline ?? comparison.before;
  const { library } = comparison;
  const moved = library === null ? '' : `, whose TLS library was ${library.before} and is ${library.after} here`;
  const left = comparison.notCompared.length === 0 ? '' : `, ${comparison.notCompared.length} not compared`;
  return comparison.changed
    ? `${count(comparison.observations.length, 'observation')} changed against ${name} (${some(comparison.observations.map((change) => change.case))})${moved}${left}`
    : `no change against ${name}${moved}${left}`;
}

/** Statements that got no verdict because of what the run lost or left out. */
function unjudgedPart(record: RunRecord): string {
  const unjudged = record.claims.filter(({ because }) => because === 'lost' || because === 'not-run');
  return unjudged.length === 0
    ? ''
    : `${count(unjudged.length, 'statement')} not judged (${some(unjudged.map(({ id }) => id))})`;
}

function scopePart(record: RunRecord): string {
  const partial = describeScope(record);
  if (partial === null) return '';
  return isOwnOnly(record) ? `${partial} recorded; no suite ran` : `only a part was asked: ${partial}`;
}

/** How often each case was run. */
function countPart(record: RunRecord): string {
  const { count: times } = scopeOf(record);
  return times === undefined ? '' : `each case run up to ${count(times, 'time')}`;
}

/** Which boards answered, and which of them did not come to the end. */
function boardsPart(record: RunRecord): string {
  const { boards, copies } = scopeOf(record);
  if (boards === undefined) return copies === undefined ? '' : `asked on ${copies} copies of the virtual board`;
  const shares = boards.map(({ label, cases, gone }) => `${label} ${cases}${gone === undefined ? '' : ', then gone'}`);
  return `shared by ${count(boards.length, 'board')} (${shares.join('; ')})`;
}

/**
 * The lost cases that count against a run. Those that no fresh board has the memory for are compared with a baseline like any
 * other behaviour; without one they may be the sign of a firmware that lost its heap.
 */
function countedLosses(lost: readonly LostCase[], { comparison }: VerdictParts): readonly LostCase[] {
  return comparison == null ? lost : lost.filter(({ reason }) => reason !== BEYOND_MEMORY);
}

/** How to run the cases in the same order once more. */
function orderPart(record: RunRecord): string {
  const { shuffle } = scopeOf(record);
  return shuffle === undefined ? '' : `in the order of --shuffle=${shuffle}`;
}

/**
 * The verdict of a run, for terminal, page, summary and JUnit alike.
 *
 * @example const { red, reasons } = runVerdict(record, { failed: ['client/sni/name'] });
 */
export function runVerdict(record: RunRecord, parts: VerdictParts = {}): RunVerdict {
  const scope = scopeOf(record);
  const redClaims = record.claims.filter((claim) => redReason(claim) !== null);
  const { comparison, failed = [] } = parts;
  const limit = lossLimitPassed(countedLosses(scope.lost, parts).map(({ reason }) => reason));
  const lostIds = new Set(scope.lost.map((item) => item.case));
  const unsteady = new Set(record.observations.filter(({ value }) => isIntermittent(value)).map((item) => item.case));
  const broken = failed.filter((id) => !lostIds.has(id) && !unsteady.has(id));
  const reasons = [
    ...redClaims.map((claim) => redReason(claim) ?? ''),
    ...(comparison?.changed ? [baselinePart(parts)] : []),
    ...(limit === null ? [] : [`${lossPart(record)}; ${limit}`]),
    ...(failed.some((id) => unsteady.has(id)) ? [intermittentPart([...unsteady])] : []),
    ...(broken.length > 0 ? [`${count(broken.length, 'case')} failed (${some(broken)})`] : []),
    ...(scope.notRun.length > 0 ? [`${count(scope.notRun.length, 'case')} did not run (${some(scope.notRun)})`] : []),
    ...(scope.interrupted ? ['the run was interrupted'] : []),
  ];
  const red = reasons.length > 0;
  // Tests of one's own say nothing of statements and findings.
  const ofSuites = isOwnOnly(record)
    ? []
    : [
        statementsPart(
          record,
          redClaims.map(({ id }) => id),
        ),
        findingsPart(record),
      ];
  const said = [
    ...ofSuites,
    baselinePart(parts),
    intermittentPart([...unsteady]),
    broken.length > 0 ? `${count(broken.length, 'case')} failed (${some(broken)})` : '',
    lossPart(record),
    unjudgedPart(record),
    scopePart(record),
    orderPart(record),
    countPart(record),
    boardsPart(record),
  ].filter((text) => text !== '');
  return { red, reasons, sentence: `${red ? 'Red' : 'Green'}: ${said.join('; ')}.` };
}

/**
 * The verdict of a run in one sentence: statements, holes, what changed against which baseline, what was lost and why.
 *
 * @example runSentence(record, { comparison: compareRuns(baseline, record), baseline: 'baselines/esp32.json' });
 */
export function runSentence(record: RunRecord, parts: VerdictParts = {}): string {
  return runVerdict(record, parts).sentence;
}
