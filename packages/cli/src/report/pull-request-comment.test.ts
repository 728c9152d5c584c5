import { RUN_DETAILS_SCHEMA, RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { COMMENT_MARKER, formatComment } from './pull-request-comment.ts';

const recordOf = (observations: Record<string, unknown>): RunRecord => ({
  schema: RUN_RECORD_SCHEMA,
  board: { machine: 'Generic ESP32', version: '1.26.1' },
  claims: [],
  observations: Object.entries(observations).map(([id, value]) => ({ case: id, value })),
  measurements: [],
});
const FLAKY = {
  intermittent: [
    { value: 'all', times: 4 },
    { value: 'half', times: 1 },
  ],
};
const against = (before: Record<string, unknown>, after: Record<string, unknown>) => ({
  record: recordOf(after),
  baseline: { name: 'desk.json', record: recordOf(before) },
});

test('verdict, commit, page, what changed; flaky cases apart', () => {
  const run = against({ 'client/x': 'old', 'stream/y': 'all' }, { 'client/x': 'new', 'stream/y': FLAKY });
  const pageUrl = 'https://github.com/o/r/actions/runs/1/artifacts/2';
  expect(formatComment([run], { commit: 'a'.repeat(40), pageUrl })).toBe(
    [
      COMMENT_MARKER,
      '## Wirewrap: red',
      '',
      `Commit \`${'a'.repeat(40)}\`. [The page](<${pageUrl}>) has every case and what went over the wire.`,
      '',
      '### 🔴 Red: `MicroPython 1.26.1`, `Generic ESP32`',
      '',
      '`Red: no statement could be judged; no known hole, crash or trap seen; 2 observations changed against desk.json (client/x, stream/y); 1 case intermittent (stream/y).`',
      '',
      '**1 case changed against `desk.json`**',
      '',
      '- `client/x` changed: `old` → `new`',
      '',
      '**Flaky, on this one firmware: not what this change did**',
      '',
      '- `stream/y`: `intermittent: 4 of 5 all; 1 of 5 half`',
      '',
    ].join('\n'),
  );
});

test('a run that is as its baseline is green; one without a baseline says so', () => {
  expect(formatComment([against({ a: 1, b: 2 }, { a: 1, b: 2 })])).toContain(
    'No change against `desk.json`: 2 cases the same.',
  );
  const alone = formatComment([{ record: recordOf({ a: 1 }) }]);
  expect(alone).toContain('## Wirewrap: green\n');
  expect(alone).toContain('Compared with no baseline.');
});

test('of several boards it says how many are red', () => {
  const comment = formatComment([against({ a: 1 }, { a: 2 }), against({ a: 1 }, { a: 1 })]);
  expect(comment).toContain('## Wirewrap: 1 of 2 runs red\n');
  expect(comment.match(/^### .*$/gm)).toEqual([
    '### 🔴 Red: `MicroPython 1.26.1 · run 1`, `Generic ESP32`',
    '### 🟢 Green: `MicroPython 1.26.1 · run 2`, `Generic ESP32`',
  ]);
});

test('red statements and failed cases; a flaky case whose test failed is told once', () => {
  const record: RunRecord = {
    ...recordOf({ 'stream/y': FLAKY }),
    claims: [
      { id: 'red', source: 'book', role: 'client', statement: 'It works', verdict: 'deviates', observed: 'it fails' },
    ],
  };
  const failed = (id: string) => ({
    case: id,
    test: 't',
    file: 'f',
    status: 'failed' as const,
    failureClass: 'firmware' as const,
    durationMs: 1,
    error: 'no\nanswer',
    handshakes: [],
  });
  const details = { schema: RUN_DETAILS_SCHEMA, board: {}, cases: [failed('stream/y'), failed('client/z')] };
  const comment = formatComment([{ record, details }]);
  expect(comment).toMatch(/\*\*Statements that turn it red\*\*\n\n- `It works`: `.*it fails.*`/);
  expect(comment).toContain('**Failed cases**\n\n- `client/z` (`firmware`): `no answer`\n\n**Flaky');
});

test('what a board wrote is text: nobody is named, nothing is linked, no list or comment is begun', () => {
  const hostile = '@everyone <!-- ` -->\n# [x](https://evil.example) ``` | </code>';
  const lines = formatComment([against({ [hostile]: hostile }, { [hostile]: 'new' })]).split('\n');
  const changed = lines.find((line) => line.startsWith('- ')) ?? '';
  const span = '```` @everyone <!-- ` --> # [x](https://evil.example) ``` | </code> ````';
  expect(changed).toBe(`- ${span} changed: ${span} → \`new\``);
  expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(2);
});

test('a list ends after 50 entries, and says how many more there are', () => {
  const cases = (value: string) => Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`c/${index}`, value]));
  const lines = formatComment([against(cases('a'), cases('b'))]).split('\n');
  expect(lines.filter((line) => line.startsWith('- `c/'))).toHaveLength(50);
  expect(lines).toContain('- 10 more are on the page');
});

test('stays below what GitHub takes, whatever the runs hold, and says that it was cut', () => {
  const many = (value: string) =>
    Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`case/${index}`, value.repeat(500)]));
  const one = against(many('€'), many('`'));
  const comment = formatComment(Array.from({ length: 20 }, () => one));
  expect(comment.length).toBeLessThan(65_536 - 1000);
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(60_000);
  expect(comment.trimEnd().split('\n').at(-1)).toBe('More is on the page: the comment is cut here.');
});
