import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TestCase } from 'vitest/node';
import type { Capabilities } from '../claim.ts';
import { readRunRecord } from '../record/record-file.ts';
import type { CaseReport } from '../suite/case-report.ts';
import { createRunRecordReporter } from './run-record-reporter.ts';

const capabilities: Capabilities = {
  module: 'ssl',
  keywords: [],
  contextKeywords: [],
  constants: [],
  methods: [],
  contextMethods: [],
  tlsContextMethods: [],
  mbedtlsVersion: null,
  engine: null,
  pem: true,
  fileNames: false,
  positional: false,
  contextPositional: false,
  clockSet: true,
  platform: 'esp32',
  version: '1.18',
  hardware: true,
  shape: null,
};

/** What the reporter reads of a test that observed this. */
function observed(name: string, value: unknown): TestCase {
  const wirewrap: CaseReport = {
    board: { url: '/dev/ttyUSB0', machine: 'ESP32', version: '1.18' },
    capabilities,
    observations: [{ case: name, value }],
    measurements: [{ case: name, name: 'wrap', unit: 'ms', value: 5 }],
    handshakes: [],
    serialLog: '',
  };
  return {
    name,
    fullName: name,
    module: { moduleId: join(process.cwd(), 'suite.test.ts') },
    meta: () => ({ wirewrap }),
    result: () => ({ state: 'passed' }),
    diagnostic: () => ({ duration: 3 }),
  } as unknown as TestCase;
}

const exitCode = process.exitCode;
afterEach(() => {
  process.exitCode = exitCode;
});

async function report(cases: readonly TestCase[], baseline?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  let text = '';
  const output = join(folder, 'latest.json');
  const reporter = createRunRecordReporter({ output, baseline, stdout: { write: (part) => (text += part) } });
  reporter.onTestRunStart();
  for (const item of cases) reporter.onTestCaseResult(item);
  await reporter.onTestRunEnd();
  return { folder, output, text, outcome: reporter.outcome };
}

test('the record is written whole, with schema, board, claims, observations and measurements', async () => {
  const { output, folder, text, outcome } = await report([observed('module/functions', ['wrap_socket'])]);
  const record = await readRunRecord(output);
  expect(Object.keys(record)).toEqual(['schema', 'board', 'claims', 'observations', 'measurements']);
  expect(record).toMatchObject({
    schema: 'wirewrap.run-record/1',
    board: { machine: 'ESP32', capabilities: { platform: 'esp32' } },
    observations: [{ case: 'module/functions', value: ['wrap_socket'] }],
    measurements: [{ case: 'module/functions', name: 'wrap', unit: 'ms', value: 5 }],
  });
  expect(record.claims.find(({ id }) => id === 'book/one-function')).toMatchObject({
    verdict: 'conforms',
    source: 'book',
  });
  expect((await readdir(folder)).sort()).toEqual(['latest.details.json', 'latest.json']);
  expect(text).toContain('WHAT THE MODULE HOLDS');
  expect(outcome?.red).toEqual([]);
  expect(process.exitCode).toBe(exitCode);
});

test('an unwritten deviation turns the run red', async () => {
  const { text, outcome } = await report([observed('module/functions', [])]);
  expect(outcome?.red[0]).toContain('book/one-function deviates');
  expect(text).toContain('RED  book/one-function');
  expect(process.exitCode).toBe(1);
});

test('a difference from the baseline turns the run red; without one it stays green', async () => {
  const { output } = await report([observed('stream/extra', 1)]);
  expect((await report([observed('stream/extra', 1)], output)).outcome?.red).toEqual([]);
  const { outcome, text } = await report([observed('stream/extra', 2)], output);
  expect(outcome?.comparison?.changed).toBe(true);
  expect(text).toContain('changed  stream/extra');
  expect(process.exitCode).toBe(1);
});

test('a run without a board case leaves no record', async () => {
  const { folder, outcome } = await report([]);
  expect(await readdir(folder)).toEqual([]);
  expect(outcome).toBeNull();
});
