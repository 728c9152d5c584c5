import { isLost, lossLimitPassed, type RunDetails, type RunRecord, redReason } from '@wirewrap/conformance';
import { EXIT_CODES, exitCodeOfClass } from './exit-codes.ts';

export interface TestOutcome {
  readonly detail: string;
  readonly exitCode: number;
}

function some(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}`;
}

function plural(number: number, noun: string, rest: string): string {
  return `${count(number, number === 1 ? noun : `${noun}s`)} ${rest}`;
}

/** Why cases are not observed: `out of memory: 1,220`. */
function byReason(reasons: readonly string[]): string {
  return [...Map.groupBy(reasons, (reason) => reason)]
    .map(([reason, list]) => `${reason}: ${list.length.toLocaleString('en')}`)
    .join(', ');
}

/** The record and the details of a night whose tests ran to their end, and whether vitest was content. */
interface TestRun {
  readonly record: RunRecord | null;
  readonly details: RunDetails | null;
  readonly passed: boolean;
}

/**
 * How the tests of a night went, in one line, and the exit code of its class. It never says more than what was seen: cases
 * that were skipped or lost are counted, with the reason.
 */
export function testOutcome({ record, details, passed }: TestRun): TestOutcome {
  const cases = details?.cases ?? [];
  const failed = cases.filter(({ status }) => status === 'failed');
  const skipped = cases.filter(({ status }) => status === 'skipped').map((item) => item.skipped ?? 'skipped');
  const lost = (record?.observations ?? []).flatMap(({ value }) => (isLost(value) ? [value.lost] : []));
  const rest = [
    ...(skipped.length > 0 ? [`${count(skipped.length, 'skipped')} (${byReason(skipped)})`] : []),
    ...(lost.length > 0 ? [`${count(lost.length, 'lost')} (${byReason(lost)})`] : []),
  ];
  const tail = rest.length > 0 ? `, ${rest.join(', ')}` : '';
  const tooMany = lossLimitPassed(lost) !== null;
  if (passed && !tooMany) {
    const good = cases.filter(({ status }) => status === 'passed').length - lost.length;
    return { detail: `${plural(Math.max(0, good), 'case', 'passed')}${tail}`, exitCode: EXIT_CODES.good };
  }
  // A broken board or line first, for then the others mean nothing.
  const classes = new Set(failed.map(({ failureClass }) => failureClass ?? 'test'));
  if (tooMany) classes.add('board');
  const worst =
    (['board', 'link', 'host', 'test', 'firmware'] as const).find((name) => classes.has(name)) ?? 'firmware';
  const red = (record?.claims ?? []).filter((claim) => redReason(claim) !== null).map(({ id }) => id);
  const why = [
    ...(failed.length > 0
      ? [`${plural(failed.length, 'case', 'failed')} (${worst}): ${some(failed.map((item) => item.case))}`]
      : []),
    ...(red.length > 0 ? [`${plural(red.length, 'claim', 'red')}: ${some(red)}`] : []),
    ...(failed.length === 0 && red.length === 0 && !tooMany ? ['the tests failed'] : []),
  ];
  return { detail: `${why.join('; ')}${why.length > 0 ? tail : tail.slice(2)}`, exitCode: exitCodeOfClass(worst) };
}
