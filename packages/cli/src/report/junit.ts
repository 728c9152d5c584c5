import { type CaseDetail, type ClaimResult, redReason } from '@wirewrap/conformance';
import type { RunView } from './html/model/page-model.ts';
import { buildRunViews } from './html/model/run-view.ts';
import type { ReportRun } from './report-run.ts';
import { xmlAttributes, xmlText } from './xml.ts';

interface TestCase {
  readonly xml: string;
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped';
  readonly seconds: number;
}

/** What the firmware or the test got wrong is a failure; what kept the case from being judged is an error. */
function elementOf(failureClass: string): 'failure' | 'error' {
  return failureClass === 'test' || failureClass === 'firmware' ? 'failure' : 'error';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function testCase(
  attributes: Parameters<typeof xmlAttributes>[0],
  outcome: TestCase['outcome'],
  seconds: number,
  inner: string,
): TestCase {
  const head = `    <testcase${xmlAttributes({ ...attributes, time: seconds.toFixed(3) })}`;
  return { xml: inner === '' ? `${head}/>` : `${head}>\n${inner}\n    </testcase>`, outcome, seconds };
}

function caseXml(detail: CaseDetail): TestCase {
  const { case: id, test, file, line, status, failureClass = 'test', durationMs, error = 'failed', skipped } = detail;
  const slash = id.lastIndexOf('/');
  const attributes = { name: id, classname: slash < 0 ? 'cases' : id.slice(0, slash).replaceAll('/', '.'), file, line };
  const seconds = durationMs / 1000;
  if (status === 'skipped') {
    return testCase(
      attributes,
      'skipped',
      seconds,
      `      <skipped${xmlAttributes({ message: skipped ?? 'skipped' })}/>`,
    );
  }
  if (status === 'passed') return testCase(attributes, 'passed', seconds, '');
  const element = elementOf(failureClass);
  const inner = `      <${element}${xmlAttributes({ type: failureClass, message: firstLine(error) })}>${xmlText(`${test}\n${error}`)}</${element}>`;
  return testCase(attributes, element === 'failure' ? 'failed' : 'error', seconds, inner);
}

function claimXml(claim: ClaimResult): TestCase {
  const attributes = { name: `${claim.id}: ${claim.statement}`, classname: `claims.${claim.source}.${claim.role}` };
  const red = redReason(claim);
  if (red !== null) {
    return testCase(
      attributes,
      'failed',
      0,
      `      <failure${xmlAttributes({ type: 'firmware', message: firstLine(red) })}>${xmlText(red)}</failure>`,
    );
  }
  if (claim.verdict === 'not-applicable' || claim.verdict === 'inconclusive') {
    const message = `${claim.verdict}: ${claim.observed}`;
    return testCase(attributes, 'skipped', 0, `      <skipped${xmlAttributes({ message })}/>`);
  }
  return testCase(attributes, 'passed', 0, '');
}

function counts(cases: readonly TestCase[]): Record<string, string | number> {
  const count = (outcome: TestCase['outcome']): number => cases.filter((item) => item.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('skipped'),
    time: cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  };
}

/** Board and firmware as properties: `board` and `firmware` first, then everything that the record knows. */
function properties({ name, board, facts }: RunView): string {
  const rows = [
    ['firmware', name],
    ['board', board],
    ...facts.map(([fact, value]) => [`board.${fact.replaceAll(' ', '-')}`, value]),
  ];
  const lines = rows.map(([key, value]) => `      <property${xmlAttributes({ name: key, value })}/>`);
  return ['    <properties>', ...lines, '    </properties>'].join('\n');
}

function suite(name: string, view: RunView, cases: readonly TestCase[]): string {
  if (cases.length === 0) return '';
  const timestamp = view.startedAt?.replace(/(?:\.\d+)?Z$/, '');
  return [
    `  <testsuite${xmlAttributes({ name, ...counts(cases), timestamp, hostname: view.board })}>`,
    properties(view),
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
  ].join('\n');
}

/**
 * JUnit XML: for each run a suite of its cases (from the details) and a suite of its claims. `type` of a failure or error
 * is its class: test, firmware, board, link or host.
 */
export function formatJUnit(runs: readonly ReportRun[]): string {
  const suites = buildRunViews(runs).map((view, index) => {
    const { record, details } = runs[index] as ReportRun;
    return { view, cases: (details?.cases ?? []).map(caseXml), claims: record.claims.map(claimXml) };
  });
  const all = suites.flatMap(({ cases, claims }) => [...cases, ...claims]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'wirewrap', ...counts(all) })}>`,
    ...suites.flatMap(({ view, cases, claims }) => [
      suite(`${view.name}: cases`, view, cases),
      suite(`${view.name}: claims`, view, claims),
    ]),
    '</testsuites>',
    '',
  ]
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n');
}
