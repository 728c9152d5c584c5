import { RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
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
