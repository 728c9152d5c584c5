import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALL_CASES } from '../cases/index.ts';
import type { Verdict } from '../claim/claim.ts';
import { readRunRecord } from '../record/record-file.ts';
import type { RunRecord } from '../run-record.ts';
import { buildMatrix } from './build-matrix.ts';
import { EXPLANATIONS } from './explanations.ts';
import { firmwaresPage } from './firmwares-page.ts';
import { formatMatrix } from './format-matrix.ts';
import { UPGRADE_NOTES } from './upgrade-notes.ts';

const folder = join(import.meta.dirname, '../../../../fixtures/firmware-runs');
const records = await Promise.all(
  readdirSync(folder)
    .sort()
    .map((name) => readRunRecord(join(folder, name))),
);

function record(version: string, observations: Record<string, unknown>, hardware = true): RunRecord {
  return {
    schema: 'wirewrap.run-record/1',
    board: { version, platform: 'esp32', machine: 'ESP32', capabilities: { engine: '3.6.0', hardware } },
    claims: [],
    observations: Object.entries(observations).map(([name, value]) => ({ case: name, value })),
    measurements: [],
  };
}

const DEFAULT_NONE = {
  id: 'book/default-none',
  source: 'book',
  role: 'client',
  statement: 'cert_reqs is CERT_NONE by default: nothing is validated',
} as const;
const completes = { end: 'completes' };
const refuses = { end: 'fails', at: 'wrap', error: { type: 'ValueError', text: 'no' } };

test('columns are ordered by firmware, oldest first, and named once each', () => {
  const { columns } = buildMatrix(['1.26.1', '1.9', '1.20.0', '1.20.0'].map((version) => record(version, {})));
  expect(columns.map(({ name }) => name)).toEqual(['esp32 1.9', 'esp32 1.20.0', 'esp32 1.20.0 (2)', 'esp32 1.26.1']);
});

test('a firmware is shown with the fingerprints of its ClientHello', () => {
  const fingerprints = { case: 'client/default/good', ja3: '4cc952a330e1b7a062ce14713d4037e9', ja4: 't12d590700_1_2' };
  const plain = record('1.26.1', {});
  const matrix = buildMatrix([{ ...plain, board: { ...plain.board, fingerprints } }, record('1.23.0', {})]);
  expect(matrix.columns.map(({ ja3, ja4 }) => [ja3, ja4])).toEqual([
    [null, null],
    [fingerprints.ja3, fingerprints.ja4],
  ]);
  expect(formatMatrix(matrix)).toContain('JA3 4cc952a330e1b7a062ce14713d4037e9; JA4 t12d590700_1_2');
});

test('a row tells since when', () => {
  const { rows } = buildMatrix([
    record('1.23.0', { 'client/required/expired': refuses }),
    record('1.20.0', { 'client/required/expired': completes }),
    record('1.26.1', { 'client/required/expired': refuses }),
  ]);
  expect(rows.find(({ id }) => id === 'expired')).toMatchObject({
    cells: [
      { mark: 'bad', word: 'accepts', case: 'client/required/expired' },
      { mark: 'good', word: 'refuses' },
      { mark: 'good', word: 'refuses' },
    ],
    history: 'accepts until esp32 1.20.0, refuses since esp32 1.23.0',
  });
});

test('records of partial runs and lost cases are named, and what is lost is neither good nor bad', () => {
  const { columns, rows } = buildMatrix([record('1.23.0', { 'client/required/good': { lost: 'no answer' } })]);
  expect(columns[0]?.notes).toEqual([
    expect.stringMatching(/^1 of \d+ cases: a filtered or older run$/),
    '1 case lost',
  ]);
  expect(rows.find(({ id }) => id === 'good')?.cells).toMatchObject([{ mark: 'unknown', word: 'lost' }]);
});

test('a firmware that does not know a keyword of the case neither accepts nor refuses', () => {
  const error = { type: 'TypeError', text: 'extra keyword arguments given' };
  const unasked = { end: 'fails', at: 'wrap', error, hello: false };
  const { rows, contradictions } = buildMatrix([
    record('1.18.0', { 'client/required/expired': unasked, 'client/required/not-yet-valid': unasked }),
    record('1.20.0', { 'client/required/expired': completes, 'client/required/not-yet-valid': completes }),
  ]);
  const [finding, certificate] = ['dates-unchecked', 'expired'].map((name) => rows.find(({ id }) => id === name));
  expect(certificate).toMatchObject({
    cells: [{ mark: 'unknown', word: 'not possible', case: 'client/required/expired' }, { word: 'accepts' }],
    history: '',
  });
  expect(finding).toMatchObject({
    cells: [
      {
        mark: 'unknown',
        word: 'not possible',
        observed: 'not possible here: TypeError: extra keyword arguments given in wrap before a ClientHello',
      },
      { word: 'has it' },
    ],
    history: '',
  });
  expect(contradictions).toEqual([]);
});

test('a finding whose cases were lost was not seen to be impossible', () => {
  const { rows } = buildMatrix([record('1.23.0', { 'client/required/expired': { lost: 'the board reset' } })]);
  expect(rows.find(({ id }) => id === 'dates-unchecked')?.cells ?? []).toEqual([]);
  const both = buildMatrix([
    record('1.20.0', { 'client/required/expired': completes }),
    record('1.23.0', { 'client/required/expired': { lost: 'the board reset' } }),
  ]);
  expect(both.rows.find(({ id }) => id === 'dates-unchecked')?.cells).toMatchObject([
    { word: 'has it' },
    { word: 'not run' },
  ]);
});

test('a claim names the case that decides it, whatever its sentence says', () => {
  const observed = { 'client/default/good': completes, 'client/default/expired': refuses };
  const claim = (verdict: Verdict) => ({ ...DEFAULT_NONE, verdict, observed: 'as it is (told/otherwise)' });
  const records = [
    { ...record('1.23.0', observed), claims: [claim('deviates')] },
    { ...record('1.26.1', { 'client/default/expired': completes }), claims: [claim('conforms')] },
    { ...record('1.27.0', {}), claims: [claim('conforms')] },
  ];
  const { rows } = buildMatrix(records);
  const cells = rows.find(({ id }) => id === DEFAULT_NONE.id)?.cells.map((cell) => cell.case);
  expect(cells).toEqual(['client/default/expired', 'client/default/expired', null]);
});

test('what ends at our own Finished is neither good nor bad', () => {
  const ours = { unavailable: 'goes on; ends at our Finished', limit: 'peer' };
  const { rows } = buildMatrix([
    record('1.23.0', { 'fault/unrequested-extension': ours }),
    record('1.26.1', { 'fault/unrequested-extension': refuses }),
  ]);
  expect(rows.find(({ id }) => id === 'unrequested-extension')).toMatchObject({
    cells: [{ mark: 'unknown', word: 'not compared' }, { word: 'refuses' }],
  });
});

test('what the network ends in one way or another says nothing about the firmware; a case of its own does', () => {
  const value = { intermittent: [completes, refuses].map((end) => ({ times: 1, value: end })) };
  const { rows } = buildMatrix([record('1.26.1', { 'fault/rst-in-data': value, 'fault/unknown-suite': value })]);
  const cells = Object.fromEntries(rows.map(({ id, cells: [cell] }) => [id, cell]));
  const through = buildMatrix([record('1.26.1', { 'fault/rst-in-data': { end: 'ended by the host', read: null } })]);
  expect(through.rows[0]?.cells).toMatchObject([{ mark: 'unknown', word: 'either end' }]);
  expect(cells['rst-in-data']).toMatchObject({
    mark: 'unknown',
    word: 'either end',
    observed: expect.stringMatching(/^intermittent: 1 of 2/),
  });
  expect(cells['unknown-suite']).toMatchObject({ mark: 'bad', word: 'intermittent' });
});

test.for([
  {
    what: 'a firmware outside the range has it',
    version: '1.26.1',
    value: completes,
    said: /^esp32 1\.26\.1 has hostname-bypass/,
  },
  {
    what: 'a firmware inside the range is free of it',
    version: '1.23.0',
    value: refuses,
    said: /is free of hostname-bypass/,
  },
  { what: 'they agree', version: '1.23.0', value: completes, said: null },
  { what: 'its case was lost', version: '1.23.0', value: { lost: 'no answer' }, said: null },
])("a finding's range is held against the records: $what", ({ version, value, said }) => {
  const observed = { 'client/context/required-server-side-wrong-host': value };
  const { contradictions } = buildMatrix([record(version, observed)]);
  expect(contradictions).toEqual(said === null ? [] : [expect.stringMatching(said)]);
  expect(buildMatrix([record(version, observed, false)]).contradictions).toEqual([]);
});

test('the ranges of all findings agree with the records of real firmware', () => {
  expect(records.length).toBeGreaterThan(2);
  expect(buildMatrix(records).contradictions).toEqual([]);
});

test('as a table, only what differs is shown; --all shows every row; JSON holds everything', () => {
  const matrix = buildMatrix([
    record('1.20.0', { 'client/required/expired': completes, 'client/required/good': completes }),
    record('1.23.0', { 'client/required/expired': refuses, 'client/required/good': completes }),
  ]);
  const rows = (text: string): string[] =>
    text.split('\n').flatMap((line) => /^(?:\| `)?(expired|good)\b/.exec(line)?.[1] ?? []);
  expect(rows(formatMatrix(matrix))).toEqual(['expired']);
  expect(rows(formatMatrix(matrix, { all: true }))).toEqual(['expired', 'good']);
  expect(rows(formatMatrix(matrix, { format: 'markdown' }))).toEqual(['expired']);
  expect(JSON.parse(formatMatrix(matrix, { format: 'json' }))).toEqual(matrix);
});

test('docs/firmwares.md is what the records say; `node packages/cli/bin/run.mjs scripts/firmwares-page.ts` makes it', () => {
  const page = readFileSync(join(folder, '../../docs/firmwares.md'), 'utf8');
  expect(page).toBe(firmwaresPage(records));
});

test('there is an upgrade note for each step between the firmwares', () => {
  const steps = buildMatrix(records).steps.map(({ before, after }) => `${before} to ${after}`);
  expect(UPGRADE_NOTES.map(({ from, to }) => `${from} to ${to}`)).toEqual(steps);
});

test('each finding, certificate and fault that differs between the firmwares has an explanation', () => {
  const explained = new Set(EXPLANATIONS.flatMap(({ rows }) => rows));
  const { rows } = buildMatrix(records);
  const differing = rows.filter(({ kind, history }) => kind !== 'claim' && history !== '').map(({ id }) => id);
  expect(differing.filter((id) => !explained.has(id))).toEqual([]);
});

test('an explanation speaks of rows or cases that exist', () => {
  const known = new Set([...buildMatrix(records).rows.map(({ id }) => id), ...ALL_CASES.map(({ id }) => id)]);
  expect(EXPLANATIONS.flatMap(({ rows }) => rows).filter((id) => !known.has(id))).toEqual([]);
});
