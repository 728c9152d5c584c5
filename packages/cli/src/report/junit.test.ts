import { RUN_DETAILS_SCHEMA, RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { formatJUnit } from './junit.ts';

const record = (value: string): RunRecord => ({
  schema: RUN_RECORD_SCHEMA,
  board: { machine: 'Generic ESP32', version: '1.26.1' },
  claims: [],
  observations: [{ case: 'client/x', value }],
  measurements: [],
});

test('a run that differs from its baseline has a test that fails, and says what changed', () => {
  const xml = formatJUnit([{ record: record('new'), baseline: { name: 'b.json', record: record('old') } }]);
  expect(xml).toMatch(/<testsuites name="wirewrap" tests="2" failures="2" errors="0" time="0\.000">/);
  expect(xml).toMatch(/<testcase name="Red: [^"]*1 observation changed against b\.json[^"]*" classname="verdict"/);
  expect(xml).toContain('changed client/x\n- old\n+ new');
});

test('a green run has a verdict that passes', () => {
  const xml = formatJUnit([{ record: record('old'), baseline: { name: 'b.json', record: record('old') } }]);
  expect(xml).toMatch(/failures="0"/);
  expect(xml).toMatch(/<testcase name="Green: [^"]*no change against b\.json[^"]*"/);
  expect(xml).toContain('<testcase name="as in the baseline b.json" classname="verdict"');
});

test('a case that is intermittent fails with how often, and so does the claim that rests on it', () => {
  const both = {
    intermittent: [
      { times: 4, value: 'takes it' },
      { times: 1, value: 'refuses it' },
    ],
  };
  const head = { source: 'book', role: 'client', statement: 'takes it', observed: 'x (client/x)' } as const;
  const claims = [{ id: 'book/a', verdict: 'intermittent', ...head } as const];
  const error = 'intermittent: 4 of 5 takes it; 1 of 5 refuses it';
  const failed = { case: 'client/x', test: 'x', file: 'x.test.ts', status: 'failed', durationMs: 1 } as const;
  const cases = [{ ...failed, error, failureClass: 'firmware', handshakes: [] } as const];
  const xml = formatJUnit([
    {
      record: { ...record(''), claims, observations: [{ case: 'client/x', value: both }] },
      details: { schema: RUN_DETAILS_SCHEMA, board: {}, cases },
    },
  ]);
  expect(xml).toContain(`<failure type="firmware" message="${error}">`);
  expect(xml).toContain('message="book/a holds in some runs of a case and not in others: x (client/x)"');
  expect(xml).toContain('Red: 1 statement red (book/a)');
  expect(xml).toContain('1 case intermittent (client/x)');
});

test('the place of a failed case is in its text: the schemas have no attributes for it', () => {
  const failed = {
    case: 'client/x',
    test: 'full name',
    file: 'suites/x.test.ts',
    line: 4,
    status: 'failed',
    durationMs: 1,
    error: 'oh',
    handshakes: [],
  } as const;
  const details = { schema: RUN_DETAILS_SCHEMA, board: {}, cases: [failed] };
  const xml = formatJUnit([{ record: record('x'), details }]);
  expect(xml).toContain('full name (suites/x.test.ts:4)\noh');
  expect(xml).not.toMatch(/<testcase[^>]* (?:file|line)=/);
});
