import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TestCase } from 'vitest/node';
import type { Capabilities } from '../claim/claim.ts';
import { readRunDetails } from '../details/details-file.ts';
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
  await reporter.onTestRunEnd([], [], 'passed');
  return { folder, output, text, outcome: reporter.outcome };
}

test('the record is written whole, with schema, board, claims, observations and measurements', async () => {
  const { output, folder, text, outcome } = await report([observed('module/functions', ['wrap_socket'])]);
  const record = await readRunRecord(output);
  expect(Object.keys(record)).toEqual(['schema', 'board', 'run', 'claims', 'observations', 'measurements']);
  expect(record).toMatchObject({
    schema: 'wirewrap.run-record/2',
    board: { machine: 'ESP32', capabilities: { platform: 'esp32' } },
    observations: [{ case: 'module/functions', value: ['wrap_socket'] }],
    measurements: [{ case: 'module/functions', name: 'wrap', unit: 'ms', value: 5 }],
  });
  expect(record.claims.find(({ id }) => id === 'book/one-function')).toMatchObject({
    verdict: 'conforms',
    source: 'book',
  });
  expect((await readdir(folder)).sort()).toEqual(['latest.details.json', 'latest.json']);
  expect(text).toContain('Green: 1 statement conform');
  expect(outcome?.red).toBe(false);
  expect(process.exitCode).toBe(exitCode);
});

test('an unwritten deviation makes the run red; the exit code is left to the tests of the claims', async () => {
  const { text, outcome } = await report([observed('module/functions', [])]);
  expect(outcome?.reasons[0]).toContain('book/one-function deviates');
  expect(text).toContain('Deviations that are not known\n  The ssl module has one function');
  expect(text).toContain('Red: 1 statement red (book/one-function)');
  expect(process.exitCode).toBe(exitCode);
});

test('a difference from the baseline makes the run red; without one it stays green', async () => {
  const { output } = await report([observed('stream/extra', 1)]);
  expect((await report([observed('stream/extra', 1)], output)).outcome?.red).toBe(false);
  const { outcome, text, folder } = await report([observed('stream/extra', 2)], output);
  expect(outcome?.comparison?.changed).toBe(true);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(`1 observation changed against ${output} (stream/extra)`);
  expect((await readRunDetails(join(folder, 'latest.details.json')))?.baseline).toMatchObject({
    path: output,
    comparison: { changed: true },
  });
});

test('records are kept by board and time; a part does not become the latest', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const reporter = createRunRecordReporter({
    folder,
    label: 'virtual ssl=1.18',
    stdout: { write: () => {} },
    now: () => new Date('2026-01-02T03:04:05.678Z'),
  });
  reporter.onTestRunStart();
  reporter.onTestCaseResult(observed('stream/extra', 1));
  await reporter.onTestRunEnd([], [], 'interrupted');
  expect(reporter.outcome?.path).toBe(join(folder, 'virtual-ssl-1.18', '2026-01-02T03-04-05Z.json'));
  expect((await readRunRecord(reporter.outcome?.path ?? '')).run).toMatchObject({
    startedAt: '2026-01-02T03:04:05.678Z',
    whole: false,
    interrupted: true,
  });
  expect(await readdir(folder)).toEqual(['virtual-ssl-1.18']);
});

test('what the harness takes of the heap is told with the run, and is no difference', async () => {
  const room = { free: 150_000, largest: 120_000, native: null };
  const footprint = { bare: room, agent: room, ready: { ...room, free: 140_000 } };
  const measured = (value: unknown): TestCase => {
    const item = observed('stream/extra', value);
    const wirewrap = { ...(item.meta().wirewrap as CaseReport), footprint };
    return { ...item, meta: () => ({ wirewrap }) } as unknown as TestCase;
  };
  const { output } = await report([observed('stream/extra', 1)]);
  const { outcome } = await report([measured(1)], output);
  expect(outcome?.record.run?.harness).toEqual(footprint);
  expect(outcome?.comparison?.changed).toBe(false);
  expect((await readRunRecord(output)).run).not.toHaveProperty('harness');
});

test('a run without a board case leaves no record', async () => {
  const { folder, outcome } = await report([]);
  expect(await readdir(folder)).toEqual([]);
  expect(outcome).toBeNull();
});
