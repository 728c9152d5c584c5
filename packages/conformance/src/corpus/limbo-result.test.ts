import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { CORPUS_SCHEMA } from '../record/results-file.ts';
import type { CorpusLabel, CorpusResult, Expected } from './corpus-case.ts';
import type { CorpusRecord } from './corpus-record.ts';
import { limboResultOf } from './limbo-result.ts';

// What `LimboResult.model_json_schema()` of C2SP/x509-limbo says, without its prose.
const schema = {
  type: 'object',
  required: ['version', 'harness', 'results'],
  properties: {
    version: { const: 1 },
    harness: { type: 'string' },
    results: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'actual_result', 'context'],
        properties: {
          id: { type: 'string', pattern: '^([A-Za-z][A-Za-z0-9-.]+::)*([A-Za-z][A-Za-z0-9-.]+)$' },
          actual_result: { enum: ['SUCCESS', 'FAILURE', 'SKIPPED', 'HANG'] },
          context: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        },
      },
    },
  },
};

const result = (label: CorpusLabel, expected: Expected, id = 'webpki::san::exact'): CorpusResult => ({
  id,
  label,
  expected,
  observed: 'what happened',
});

const record = (results: readonly CorpusResult[], name = 'x509-limbo 1'): CorpusRecord => ({
  schema: CORPUS_SCHEMA,
  corpus: { name, digest: '' },
  board: { version: '1.26.1', platform: 'esp32' },
  results,
});

test.for([
  ['agrees', 'accept', 'SUCCESS', null],
  ['agrees', 'refuse', 'FAILURE', 'what happened'],
  ['accepts-invalid', 'refuse', 'SUCCESS', null],
  ['rejects-valid', 'accept', 'FAILURE', 'what happened'],
  ['undeliverable', 'accept', 'SKIPPED', 'what happened'],
  ['skipped', 'refuse', 'SKIPPED', 'what happened'],
] as const)('%s where the corpus says %s is %s', ([label, expected, actual_result, context]) => {
  const limbo = limboResultOf(record([result(label, expected)]));
  expect(limbo.results).toEqual([{ id: 'webpki::san::exact', actual_result, context }]);
});

test("is valid by limbo's schema, and names the firmware", () => {
  const limbo = limboResultOf(record([result('agrees', 'accept'), result('skipped', 'refuse')]));
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(validate(limbo), JSON.stringify(validate.errors)).toBe(true);
  expect(limbo.harness).toBe('micropython-1.26.1-esp32');
});

test('spells the cases of BetterTLS as limbo does', () => {
  const limbo = limboResultOf(record([result('agrees', 'accept', 'pathbuilding::7')], 'bettertls 4f2c'));
  expect(limbo.results[0]?.id).toBe('bettertls::pathbuilding::tc7');
});
