import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatSuiteMatrix } from './format-suite-matrix.ts';
import { readMatrixRecords } from './read-matrix-records.ts';
import { buildSuiteMatrices } from './suite-matrix.ts';
import type { SuiteRecord } from './suite-record.ts';

const baselines = join(import.meta.dirname, '../../../../fixtures/baselines');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-suite-matrix-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function record(version: string, labels: Record<string, string>, more: Partial<SuiteRecord> = {}): SuiteRecord {
  return {
    schema: 'wirewrap.bogo/1',
    board: { platform: 'esp32', version, machine: 'ESP32 module' },
    results: Object.entries(labels).map(([id, label]) => ({
      id,
      label,
      reason: label === 'expected' ? 'known' : null,
    })),
    ...more,
  };
}

test('columns are ordered by firmware and named once each, rows by id, with the reason', () => {
  const [matrix, ...more] = buildSuiteMatrices([
    record('1.26.1', { B: 'passed', A: 'expected' }),
    record('1.9', { A: 'passed' }),
    record('1.26.1', { A: 'passed', B: 'passed' }),
  ]);
  expect(more).toEqual([]);
  expect(matrix).toMatchObject({
    title: 'BoGo',
    columns: [
      { name: 'esp32 1.9', what: 'ESP32 module', counts: { passed: 1 } },
      { name: 'esp32 1.26.1', counts: { passed: 1, expected: 1 } },
      { name: 'esp32 1.26.1 (2)', counts: { passed: 2 } },
    ],
    rows: [
      { id: 'A', labels: ['passed', 'expected', 'passed'], reason: 'known' },
      { id: 'B', labels: [null, 'passed', 'passed'], reason: null },
    ],
  });
});

test('a suite has a table of its own, a corpus by its name', () => {
  const corpus = { schema: 'wirewrap.corpus/1', corpus: { name: 'x509-limbo 1' } };
  const matrices = buildSuiteMatrices([
    record('1', { A: 'passed' }),
    record('1', { 'a::b': 'agrees' }, corpus),
    record('1', { 'extmod/x': 'passed' }, { schema: 'wirewrap.upstream-tests/1' }),
  ]);
  expect(matrices.map(({ title }) => title)).toEqual(['BoGo', 'x509-limbo 1', "MicroPython's own tests"]);
});

test('only what differs is shown, unless all is asked for; a case that a record lacks is no difference', () => {
  const [matrix] = buildSuiteMatrices([
    record('1.0', { Differs: 'passed', Same: 'passed' }),
    record('1.1', { Differs: 'expected', Same: 'passed', New: 'passed' }),
  ]);
  if (matrix === undefined) throw new TypeError('no matrix');
  const text = formatSuiteMatrix(matrix);
  expect(text).toContain('1 of 3 cases differ');
  expect(text).toMatch(/^Differs {2}passed {5}expected$/m);
  expect(text).not.toMatch(/^(Same|New)/m);
  const all = formatSuiteMatrix(matrix, { all: true, format: 'markdown' });
  expect(all).toMatch(/^## BoGo$/m);
  expect(all).toMatch(/^\| `Differs` +\| passed +\| expected +\| known +\|$/m);
  expect(all).toMatch(/^\| `New` +\| not run +\| passed/m);
});

test('the reviewed records of this repository stand side by side', async () => {
  const paths = ['bogo-debian-1.25.0.json', 'bogo-esp32-like-1.26.1.json', 'debian-1.25.0.json'];
  const { runs, suites } = await readMatrixRecords(paths.map((name) => join(baselines, name)));
  expect(runs).toHaveLength(1);
  const [bogo] = buildSuiteMatrices(suites);
  const row = bogo?.rows.find(({ id }) => id === 'UnofferedExtension-Client');
  expect(row).toMatchObject({ labels: ['passed', 'expected'], reason: expect.stringContaining('RFC 5246, 7.4.1.4') });
});

test.for([
  ['no JSON', 'no', 'NOT_A_RECORD'],
  ['null', 'null', 'NOT_A_RECORD'],
  ['a suite that nobody knows', '{"schema":"wirewrap.other/1","board":{},"results":[]}', 'OTHER_SCHEMA'],
  ['a suite without its cases', '{"schema":"wirewrap.bogo/1","board":{},"results":[{}]}', 'OTHER_SCHEMA'],
] as const)('%s is refused with the name of the file', async ([, text, code]) => {
  const path = join(folder, 'file.json');
  await writeFile(path, text);
  await expect(readMatrixRecords([path])).rejects.toMatchObject({
    code,
    message: expect.stringContaining('file.json'),
  });
});
