import { RUN_DETAILS_SCHEMA, RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { formatAnnotation, formatAnnotations } from './github-annotations.ts';

const record: RunRecord = {
  schema: RUN_RECORD_SCHEMA,
  board: { machine: 'Generic ESP32', version: '1.26.1' },
  claims: [
    { id: 'red', source: 'book', role: 'client', statement: 's', verdict: 'deviates', observed: 'completes' },
    {
      id: 'known',
      source: 'book',
      role: 'client',
      statement: 's',
      verdict: 'deviates',
      observed: 'x',
      knownDeviation: 'y',
    },
  ],
  observations: [],
  measurements: [],
};

test('a message may hold anything; a property may not hold its separators', () => {
  expect(formatAnnotation({ title: 'a: b, c', message: '100%\r\nnext::error::', file: 'a,b.ts', line: 3 })).toBe(
    '::error file=a%2Cb.ts,line=3,title=a%3A b%2C c::100%25%0D%0Anext::error::',
  );
});

test('failed cases point at their file, red claims say why, the rest is silent', () => {
  const failed = {
    case: 'client/x',
    test: 't',
    file: 'suites/x.test.ts',
    line: 4,
    status: 'failed',
    failureClass: 'link',
    durationMs: 1,
    error: 'lost\nthe port',
    handshakes: [],
  } as const;
  const details = { schema: RUN_DETAILS_SCHEMA, board: {}, cases: [failed, { ...failed, status: 'passed' as const }] };
  expect(formatAnnotations([{ record, details }]).split('\n')).toEqual([
    '::error file=suites/x.test.ts,line=4,title=client/x failed on MicroPython 1.26.1 (link)::lost%0Athe port',
    expect.stringMatching(/^::error title=Claim red on MicroPython 1\.26\.1::red deviates/),
    '',
  ]);
});

test('a green run prints nothing', () => {
  expect(formatAnnotations([{ record: { ...record, claims: [] } }])).toBe('');
});
