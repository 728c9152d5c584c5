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

test('the verdict first, red claims say why, failed cases point at their file, the rest is silent', () => {
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
    expect.stringMatching(/^::error title=Wirewrap%3A MicroPython 1\.26\.1 is red::Red: 1 statement red \(red\);/),
    expect.stringMatching(/^::error title=Claim red on MicroPython 1\.26\.1::red deviates/),
    '::error file=suites/x.test.ts,line=4,title=client/x failed on MicroPython 1.26.1 (link)::lost%0Athe port',
    '',
  ]);
});

test('a green run prints nothing', () => {
  expect(formatAnnotations([{ record: { ...record, claims: [] } }])).toBe('');
});

test('a run that differs from its baseline: the case that became unsafe before the one that did not', () => {
  const observations = (end: string, sni: string) => [
    { case: 'client/sni/name', value: { end: 'completes', sni } },
    { case: 'client/name/other', value: { end } },
  ];
  const green = { ...record, claims: [] };
  const baseline = { name: 'base.json', record: { ...green, observations: observations('fails', 'a') } };
  const lines = formatAnnotations([{ record: { ...green, observations: observations('completes', 'b') }, baseline }]);
  expect(lines.split('\n')).toEqual([
    expect.stringMatching(/is red::Red: .*2 observations changed against base\.json/),
    '::error title=client/name/other changed on MicroPython 1.26.1::fails became completes',
    expect.stringMatching(/^::error title=client\/sni\/name changed/),
    '',
  ]);
});

test('at most ten and below 64 KiB, the last says what is left out, and what was cut says so', () => {
  const observations = (value: string) =>
    Array.from({ length: 40 }, (_, index) => ({ case: `x/${index}`, value: value.repeat(9000) }));
  const baseline = { name: 'b.json', record: { ...record, observations: observations('%') } };
  const text = formatAnnotations([{ record: { ...record, observations: observations('\n') }, baseline }]);
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
  expect(lines[0]).toContain('is red');
  expect(lines[3]).toContain('[cut');
  expect(lines[9]).toMatch(/^::error title=33 more::33 more failures are not shown here/);
});
