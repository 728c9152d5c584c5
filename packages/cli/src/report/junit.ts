import { type CaseDetail, type ClaimResult, type RunVerdict, redReason } from '@wirewrap/conformance';
import type { ChangesView, RunView } from './html/model/page-model.ts';
import { buildRunViews } from './html/model/run-view.ts';
import type { ReportRun } from './report-run.ts';
import { verdictOfRun } from './verdict/verdict-of-run.ts';
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
  const attributes = { name: id, classname: slash < 0 ? 'cases' : id.slice(0, slash).replaceAll('/', '.') };
  // The schemas of Jenkins know no attributes for it.
  const place = line === undefined ? file : `${file}:${line}`;
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
  const inner = `      <${element}${xmlAttributes({ type: failureClass, message: firstLine(error) })}>${xmlText(`${test} (${place})\n${error}`)}</${element}>`;
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

/** Each line of the failure of a comparison. */
function changeText({ case: id, change, before, after }: ChangesView['list'][number]): string {
  return `${change} ${id}\n- ${before}\n+ ${after}`;
}

function failure(message: string, text: string): string {
  return `      <failure${xmlAttributes({ type: 'firmware', message })}>${xmlText(text)}</failure>`;
}

/** The run as a whole, first: a run that is red for whatever reason has a test that fails. */
function verdictCases({ sentence, changes }: RunView, { red, reasons }: RunVerdict): TestCase[] {
  const verdict = red ? failure(sentence, reasons.join('\n')) : '';
  const all = [testCase({ name: sentence, classname: 'verdict' }, red ? 'failed' : 'passed', 0, verdict)];
  if (changes === null) return all;
  const { baseline, list } = changes;
  const inner = list.length === 0 ? '' : failure(`${list.length} changed`, list.map(changeText).join('\n'));
  const name = `as in the baseline ${baseline}`;
  return [...all, testCase({ name, classname: 'verdict' }, inner === '' ? 'passed' : 'failed', 0, inner)];
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

/** The schema of Jenkins has no `skipped` for all suites together. */
function totals(cases: readonly TestCase[]): Record<string, string | number> {
  const { skipped: _skipped, ...rest } = counts(cases);
  return rest;
}

/**
 * JUnit XML: for each run a suite with its verdict, one of its cases (from the details) and one of its claims. `type` of a
 * failure or error is its class: test, firmware, board, link or host. Valid by the schema of Jenkins's xUnit plugin
 * (junit-10.xsd).
 *
 * @example await writeFile('junit.xml', formatJUnit([await loadRun('results/latest.json')]));
 */
export function formatJUnit(runs: readonly ReportRun[]): string {
  const suites = buildRunViews(runs).map((view, index) => {
    const run = runs[index] as ReportRun;
    return {
      view,
      verdict: verdictCases(view, verdictOfRun(run)),
      cases: (run.details?.cases ?? []).map(caseXml),
      claims: run.record.claims.map(claimXml),
    };
  });
  const all = suites.flatMap(({ verdict, cases, claims }) => [...verdict, ...cases, ...claims]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'wirewrap', ...totals(all) })}>`,
    ...suites.flatMap(({ view, verdict, cases, claims }) => [
      suite(`${view.name}: verdict`, view, verdict),
      suite(`${view.name}: cases`, view, cases),
      suite(`${view.name}: claims`, view, claims),
    ]),
    '</testsuites>',
    '',
  ]
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n');
}
