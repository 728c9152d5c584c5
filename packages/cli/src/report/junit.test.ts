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
