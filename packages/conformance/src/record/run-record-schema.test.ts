import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Capabilities } from '../claim/claim.ts';
import { CLAIMS, SIEGE_CLAIMS } from '../claims/index.ts';
import { OUR_FINISHED } from '../observation/host-limit.ts';
import { RUN_RECORD_SCHEMA, type RunRecord } from '../run-record.ts';
import { buildRunRecord } from './build-record.ts';
import { parseRunRecord } from './record-file.ts';

const root = join(import.meta.dirname, '../../../..');
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../run-record.schema.json'), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);

const read = (...path: string[]): RunRecord => {
  const file = join(root, 'fixtures', ...path);
  return parseRunRecord(JSON.parse(readFileSync(file, 'utf8')), file);
};
const records = ['baselines', 'firmware-runs'].flatMap((folder) =>
  readdirSync(join(root, 'fixtures', folder))
    .filter((name) => name.endsWith('.json') && !/^(limbo|bogo|tlsfuzzer|upstream-tests)-/.test(name))
    .map((name) => [folder, name] as const),
);

function errorsOf(record: unknown): string[] {
  validate(record);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('the schema has the name that records carry', () => {
  expect(schema.$id).toBe(RUN_RECORD_SCHEMA);
});

/** When a record of the first version was made is not known. */
function withTime(record: RunRecord): RunRecord {
  return record.run?.startedAt === ''
    ? { ...record, run: { ...record.run, startedAt: '2026-01-01T00:00:00.000Z' } }
    : record;
}

test.for(records)('%s/%s is a record by the schema', ([folder, name]) => {
  expect(errorsOf(withTime(read(folder, name)))).toEqual([]);
});

const room = { free: 150_000, largest: 120_000, native: null };
const harness = { bare: room, agent: room, ready: { ...room, native: { free: 100_000, largest: 60_000 } } };

const whole = read('baselines', 'debian-1.26.1.json');

test('so is what a run builds, with lost and unavailable cases, measurements and a scope', () => {
  const { capabilities, ...board } = whole.board;
  const built = buildRunRecord({
    board: { url: 'virtual', uniqueId: null, ...board },
    capabilities: capabilities as Capabilities,
    claims: [...CLAIMS, ...SIEGE_CLAIMS],
    observations: [
      ...whole.observations,
      { case: 'a/lost', value: { lost: 'out of memory' } },
      {
        case: 'a/now-and-then',
        value: {
          intermittent: [
            { times: 4, value: 'x' },
            { times: 1, value: { end: 'fails' } },
          ],
        },
      },
      { case: 'a/no', value: { unavailable: 'no answer over UDP', limit: 'network' } },
      { case: 'a/ours', value: OUR_FINISHED },
    ],
    measurements: [{ case: 'a/lost', name: 'wrap', unit: 'ms', value: 3 }],
    run: { startedAt: new Date(0).toISOString(), filter: '--claim=book/pem', interrupted: true, harness },
  });
  expect(errorsOf(JSON.parse(JSON.stringify(built)))).toEqual([]);
});

const run = {
  ...{ startedAt: '2026-01-01T00:00:00.000Z', filter: null, total: 1, whole: true, interrupted: false },
  ...{ notRun: [], lost: [] },
};

test.for([
  ['a loss that nobody knows', { observations: [{ case: 'a', value: { lost: 'it reset' } }] }],
  ['one outcome alone', { observations: [{ case: 'a', value: { intermittent: [{ times: 5, value: 'x' }] } }] }],
  [
    'a loss as an outcome',
    {
      observations: [
        {
          case: 'a',
          value: {
            intermittent: [
              { times: 4, value: 'x' },
              { times: 1, value: { lost: 'the board reset' } },
            ],
          },
        },
      ],
    },
  ],
  ['an observation of nothing', { observations: [{ case: 'a', value: null }] }],
  ['a claim without a reason', { claims: [{ ...whole.claims[0], verdict: 'inconclusive' }] }],
  ['a board without a version', { board: { ...whole.board, version: undefined } }],
  ['half a footprint of the harness', { run: { ...run, harness: { bare: room } } }],
  ['a field of tomorrow', { weather: 'fine' }],
  ['another schema', { schema: 'wirewrap.run-record/1' }],
] as const)('%s is refused', ([, change]) => {
  expect(errorsOf(JSON.parse(JSON.stringify({ ...whole, ...change })))).not.toEqual([]);
});
