import { RUN_DETAILS_SCHEMA, RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { formatJobSummary, markdownText } from './job-summary.ts';

test.for([
  ['a|b', 'a\\|b'],
  ['two\nlines', 'two lines'],
  ['</td><script>', '&lt;/td&gt;&lt;script&gt;'],
  ['`code` *b* [l](u)', '\\`code\\` \\*b\\* \\[l\\]\\(u\\)'],
] as const)('%j is written as %j', ([text, expected]) => {
  expect(markdownText(text)).toBe(expected);
});

test('totals, what is red, and findings', () => {
  const record: RunRecord = {
    schema: RUN_RECORD_SCHEMA,
    board: { machine: 'Generic ESP32', version: '1.26.1' },
    claims: [
      { id: 'red', source: 'book', role: 'client', statement: 'It | works', verdict: 'deviates', observed: 'fails' },
    ],
    observations: [
      { case: 'client/default/expired', value: { end: 'completes', boardAlert: null, peerAlert: null, hello: true } },
    ],
    measurements: [],
  };
  const summary = formatJobSummary([{ record }]);
  expect(summary).toContain('| MicroPython 1.26.1 | Generic ESP32 | 1 |');
  expect(summary).toContain('It \\| works');
  expect(summary).toContain('- **By default no certificate is validated');
  expect(summary).not.toContain('Failed cases');
});

test('the first thing is the verdict, and what differs from the baseline is there', () => {
  const record = (value: string): RunRecord => ({
    schema: RUN_RECORD_SCHEMA,
    board: { machine: 'Generic ESP32', version: '1.26.1' },
    claims: [],
    observations: [{ case: 'client/x', value }],
    measurements: [],
  });
  const summary = formatJobSummary([{ record: record('new'), baseline: { name: 'b.json', record: record('old') } }]);
  const [, first] = summary.split('\n\n');
  expect(first).toMatch(/^\*\*MicroPython 1\.26\.1\*\*: Red: .*1 observation changed against b\.json/);
  expect(summary).toContain('| client/x | changed | old | new |');
});

test('stays below 1 MiB, and says that it was cut', () => {
  const failed = (index: number) => ({
    case: `c/${index}`,
    test: 't',
    file: 'f',
    status: 'failed' as const,
    durationMs: 1,
    error: '<'.repeat(2_000),
    handshakes: [],
  });
  const record: RunRecord = { schema: RUN_RECORD_SCHEMA, board: {}, claims: [], observations: [], measurements: [] };
  const details = {
    schema: RUN_DETAILS_SCHEMA,
    board: {},
    cases: Array.from({ length: 60 }, (_, index) => failed(index)),
  };
  const runs = Array.from({ length: 40 }, () => ({ record, details }));
  const summary = formatJobSummary(runs);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(summary).toContain('[cut');
  expect(summary).toMatch(/more are in the report|the summary is cut here/);
});
