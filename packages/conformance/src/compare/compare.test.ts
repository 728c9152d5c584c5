import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OUR_FINISHED } from '../observation/host-limit.ts';
import { writeRunRecord } from '../record/record-file.ts';
import { type Measurement, RUN_RECORD_SCHEMA, type RunRecord } from '../run-record.ts';
import { signedRankP } from './compare-measurements.ts';
import { compareRuns } from './compare-runs.ts';
import { formatComparison } from './format-comparison.ts';
import { readBaseline, updateBaseline } from './update-baseline.ts';

function record(values: Record<string, unknown>, measurements: Measurement[] = []): RunRecord {
  return {
    schema: RUN_RECORD_SCHEMA,
    board: { version: '1.26.1', machine: 'ESP32', url: '/dev/ttyUSB0', uniqueId: 'a1' },
    claims: [],
    observations: Object.entries(values).map(([name, value]) => ({ case: name, value })),
    measurements,
  };
}

const numbers = (factor: number): Measurement[] =>
  Array.from({ length: 30 }, (_, i) => ({
    case: `c${i}`,
    name: 'wrap',
    unit: 'ms',
    value: (10 + i) * factor * (i % 2 ? 1.05 : 0.95),
  }));

test('what changed, appeared and vanished', () => {
  const comparison = compareRuns(record({ a: 1, b: 2, c: 3 }), record({ a: 1, b: 5, d: 4 }));
  expect(comparison.observations.map((change) => [change.case, change.change])).toEqual([
    ['b', 'changed'],
    ['c', 'vanished'],
    ['d', 'appeared'],
  ]);
  expect(comparison).toMatchObject({ same: 1, changed: true });
});

test('equal runs have no change; only common cases when asked', () => {
  expect(compareRuns(record({ a: 1 }), record({ a: 1 })).changed).toBe(false);
  expect(compareRuns(record({ a: 1, b: 1 }), record({ a: 1 }), { common: true }).changed).toBe(false);
});

const noOpenssl = { unavailable: 'the openssl command is not installed on the host', limit: 'host' } as const;

test.for([
  noOpenssl,
  { unavailable: "the host's TLS cannot present it (ERR_OSSL_ASN1_UTCTIME_IS_TOO_SHORT)", limit: 'host' },
  { unavailable: 'no answer over UDP', limit: 'network' },
  OUR_FINISHED,
])('what this host could not pose is no change of the firmware: $unavailable', (value) => {
  const pose = { end: 'completes' };
  for (const [before, after] of [
    [pose, value],
    [value, pose],
  ]) {
    const comparison = compareRuns(record({ a: before, b: 1 }), record({ a: after, b: 1 }));
    expect(comparison).toMatchObject({ changed: false, same: 1, observations: [] });
    expect(comparison.notCompared).toEqual([{ case: 'a', reason: value.unavailable }]);
    expect(formatComparison(comparison)).toContain(`1 not compared: ${value.unavailable} (a)`);
    expect(formatComparison(comparison, 'markdown')).toContain(`1 not compared: ${value.unavailable} (\`a\`)`);
  }
});

test('only common cases: a statement that one of the runs did not ask has no verdict to compare', () => {
  const claim = { id: 'c', source: 'book', role: 'client', statement: 's' } as const;
  const before = { ...record({ a: 1 }), claims: [{ ...claim, verdict: 'conforms', observed: '1 (a)' } as const] };
  const after = {
    ...record({}),
    claims: [{ ...claim, verdict: 'inconclusive', observed: '', because: 'not-asked' } as const],
  };
  expect(compareRuns(before, after, { common: true }).verdicts).toEqual([]);
  expect(compareRuns(before, after).verdicts).toMatchObject([{ id: 'c', before: 'conforms', after: 'inconclusive' }]);
});

test('a case for which a fresh board has no memory is compared: that it fits no more is a change, where it ended is not', () => {
  const beyond = { lost: 'out of memory on a fresh board', detail: 'in wrap' };
  const elsewhere = { ...beyond, detail: 'in data' };
  expect(compareRuns(record({ a: beyond }), record({ a: elsewhere }))).toMatchObject({ changed: false, same: 1 });
  for (const [before, after] of [
    [1, beyond],
    [beyond, 1],
  ]) {
    const { observations } = compareRuns(record({ a: before }), record({ a: after }));
    expect(observations).toEqual([{ case: 'a', change: 'changed', before, after }]);
  }
  const accident = compareRuns(record({ a: { lost: 'out of memory' } }), record({ a: beyond }));
  expect(accident).toMatchObject({ changed: false, notCompared: [{ case: 'a', reason: 'lost: out of memory' }] });
});

test('a case that was lost is no change of the firmware, and neither is what its loss does to a verdict', () => {
  const claim = { id: 'c', source: 'book', role: 'client', statement: 's' } as const;
  const before = { ...record({ a: 1 }), claims: [{ ...claim, verdict: 'conforms', observed: '1 (a)' } as const] };
  const after = {
    ...record({ a: { lost: 'the board reset' } }),
    claims: [{ ...claim, verdict: 'inconclusive', observed: '', because: 'lost' } as const],
  };
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const) {
    const comparison = compareRuns(one, other);
    expect(comparison).toMatchObject({ changed: false, verdicts: [] });
    expect(comparison.notCompared).toEqual([{ case: 'a', reason: 'lost: the board reset' }]);
  }
});

const scope = {
  startedAt: '2026-01-02T03:04:05.000Z',
  filter: '--claim=x',
  total: 3,
  whole: false,
  interrupted: false,
};

test('a case with several outcomes is told apart, also where the one of the baseline is among them', () => {
  const both = {
    intermittent: [
      { times: 4, value: 'a' },
      { times: 1, value: 'b' },
    ],
  };
  const of = (value: unknown): RunRecord => record({ x: value });
  const now = compareRuns(of('a'), of(both));
  expect(now.observations).toEqual([{ case: 'x', change: 'intermittent', before: 'a', after: both }]);
  expect(now.changed).toBe(true);
  expect(formatComparison(now)).toContain('0 changed, 1 intermittent, 0 appeared, 0 vanished, 0 the same');
  expect(formatComparison(now)).toContain('intermittent  x\n  - a\n  + intermittent: 4 of 5 a; 1 of 5 b');
});

test('where the baseline has several outcomes, one of them is no change and another is', () => {
  const both = {
    intermittent: [
      { times: 4, value: 'a' },
      { times: 1, value: 'b' },
    ],
  };
  const of = (value: unknown): RunRecord => record({ x: value });
  const known = compareRuns(of(both), of('b'));
  expect(known).toMatchObject({ changed: false, same: 0 });
  expect(known.notCompared).toEqual([{ case: 'x', reason: 'before intermittent: 4 of 5 a; 1 of 5 b' }]);
  expect(compareRuns(of(both), of({ intermittent: [...both.intermittent].reverse() }))).toMatchObject({ same: 1 });
  expect(compareRuns(of(both), of('c')).observations).toMatchObject([{ change: 'changed' }]);
});

test('a part of a run is compared by the cases that it asked', () => {
  const before = record({ a: 1, b: 1, c: 1 });
  const part = { ...record({ a: 1 }), run: { ...scope, notRun: [], lost: [] } };
  expect(compareRuns(before, part)).toMatchObject({ changed: false, same: 1 });
  expect(compareRuns(part, before)).toMatchObject({ changed: false, same: 1 });
  const cut = { ...part, run: { ...part.run, notRun: ['b'] } };
  expect(compareRuns(before, cut)).toMatchObject({
    changed: false,
    notCompared: [{ case: 'b', reason: 'asked and not run' }],
  });
  const whole = { ...part, run: { ...part.run, whole: true } };
  expect(compareRuns(record({ a: 1, b: 1 }), whole).observations).toMatchObject([{ case: 'b', change: 'vanished' }]);
});

const running = (loaded: string) => ({
  ...record({ a: 1 }),
  board: {
    ...record({}).board,
    capabilities: { engine: loaded },
    virtual: { tls: { compiled: '3.6.3', loaded, package: `mbedtls ${loaded}-1` } },
  },
});

test('a library that moved is said before the differences, with its package', () => {
  const comparison = compareRuns(running('3.6.3'), running('3.6.6'));
  expect(comparison.changed).toBe(false);
  expect(comparison.after).toBe('MicroPython 1.26.1 on ESP32, Mbed TLS 3.6.6');
  const line = 'The TLS library moved: 3.6.3 (mbedtls 3.6.3-1) -> 3.6.6 (mbedtls 3.6.6-1), compiled with 3.6.3';
  expect(formatComparison(comparison)).toContain(`${line}\nno change in 1 observations`);
  expect(formatComparison(comparison, 'markdown')).toContain(line);
  expect(compareRuns(running('3.6.6'), running('3.6.6')).library).toBeNull();
  expect(compareRuns(record({}), running('3.6.6')).library).toBeNull();
});

test('what the firmware lacks is a change', () => {
  const comparison = compareRuns(record({ a: { end: 'completes' } }), record({ a: { unavailable: 'no DTLS' } }));
  expect(comparison).toMatchObject({ changed: true, notCompared: [] });
});

test('a run without openssl cannot become a baseline', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const run = join(folder, 'run.json');
  await writeRunRecord(run, record({ a: noOpenssl, b: 1 }));
  await expect(updateBaseline(run, join(folder, 'esp32.json'))).rejects.toThrow(
    /could not pose 1 case.*openssl command is not installed.*install it/,
  );
});

test('measurements: a systematic shift is told, noise is not, and neither is a change of behaviour', () => {
  const slower = compareRuns(record({}, numbers(1)), record({}, numbers(2)));
  expect(slower.measurements).toMatchObject([{ name: 'wrap', cases: 30 }]);
  expect(slower.measurements[0]?.ratio).toBeCloseTo(2);
  expect(slower.changed).toBe(false);
  expect(compareRuns(record({}, numbers(1)), record({}, numbers(1.1))).measurements).toEqual([]);
});

/** Thirty handshakes of about so many milliseconds, each its own. */
const run = (value: (i: number) => number): RunRecord =>
  record(
    {},
    Array.from({ length: 30 }, (_, i) => ({ case: `c${i}`, name: 'wrap', unit: 'ms', value: value(i) })),
  );

test.for([
  { what: 'one slow case', before: (i: number) => 500 + i, after: (i: number) => (i === 7 ? 5000 : 500 + i), told: 0 },
  {
    what: 'a busy host beside the virtual board',
    before: (i: number) => 4 + (i % 3),
    after: (i: number) => 9 + (i % 5),
    told: 0,
  },
  {
    what: 'load that leaves a sixth of the cases alone',
    before: (i: number) => 100 + i,
    after: (i: number) => (i % 6 ? 160 + 3 * i : 100 + i),
    told: 0,
  },
  { what: 'a small part of a long handshake', before: (i: number) => 900 + i, after: (i: number) => 1000 + i, told: 0 },
  {
    what: 'a firmware that takes half as long again',
    before: (i: number) => 900 + i,
    after: (i: number) => 1350 + i,
    told: 1,
  },
  { what: 'a firmware that became quicker', before: (i: number) => 900 + i, after: (i: number) => 500 + i, told: 1 },
])('measurements: $what is told $told times', ({ before, after, told }) => {
  expect(compareRuns(run(before), run(after)).measurements).toHaveLength(told);
});

/** Bytes that thirty connections keep. */
const kept = (value: (i: number) => number): RunRecord =>
  record(
    {},
    Array.from({ length: 30 }, (_, i) => ({ case: `c${i}`, name: 'heap kept', unit: 'bytes', value: value(i) })),
  );

test.for([
  { what: '120 bytes more a connection', before: () => 128, after: () => 248, says: '1.94 times as much' },
  { what: '120 bytes where there was nothing', before: () => 0, after: () => 120, says: '+120 over 30 cases' },
  { what: 'nothing in both', before: () => 0, after: () => 0, says: null },
  { what: 'one case that kept something', before: () => 0, after: (i: number) => (i === 3 ? 9_000 : 0), says: null },
  { what: 'a block of 16 bytes', before: () => 128, after: () => 144, says: null },
] as const)('measurements: $what is told: $says', ({ before, after, says }) => {
  const comparison = compareRuns(kept(before), kept(after));
  if (says === null) expect(comparison.measurements).toEqual([]);
  else expect(formatComparison(comparison)).toContain(says);
});

test('the signed-rank test agrees with published values', () => {
  // Wilcoxon 1945, Table 1 (corn): T = 24 of n = 15, two-sided p about 0.04.
  const differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  expect(signedRankP(differences)).toBeCloseTo(0.041, 2);
  expect(signedRankP([1, -1])).toBe(1);
});

test('table, JSON and Markdown', () => {
  const comparison = compareRuns(record({ 'a|b': 'x | <y>' }), record({ 'a|b': 'z' }));
  expect(formatComparison(comparison)).toContain('changed  a|b\n  - x | <y>\n  + z');
  expect(JSON.parse(formatComparison(comparison, 'json'))).toMatchObject({
    changed: true,
    observations: [{ case: 'a|b' }],
  });
  expect(formatComparison(comparison, 'markdown')).toContain('| x \\| &lt;y> | z |');
});

test('of long lists only the differing items are shown', () => {
  const suites = ['A', 'B', 'C', 'D', 'E', 'F'];
  const before = { versions: ['TLSv1.2'], suites };
  const after = { versions: ['TLSv1.2'], suites: [...suites.slice(2), 'G'] };
  const text = formatComparison(compareRuns(record({ a: before }), record({ a: after })));
  expect(text).toContain('  - suites: only here A, B\n  + suites: only here G');
  const reordered = formatComparison(
    compareRuns(record({ a: { suites } }), record({ a: { suites: suites.toReversed() } })),
  );
  expect(reordered).toContain('  + the suites F, E, D, C, B, A');
});

test('values that read alike and differ are shown as they stand', () => {
  const [before, after] = [{ raises: 'TypeError' }, { raises: { type: 'TypeError' } }];
  const text = formatComparison(compareRuns(record({ a: before }), record({ a: after })));
  expect(text).toContain('  - {"raises":"TypeError"}\n  + {"raises":{"type":"TypeError"}}');
});

test('a baseline keeps behaviour, its measurements lie beside it, and it is written whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const [run, baseline] = [join(folder, 'run.json'), join(folder, 'esp32.json')];
  await writeRunRecord(run, record({ a: 1 }, numbers(1)));
  expect((await updateBaseline(run, baseline)).changes).toBeNull();
  const text = await readFile(baseline, 'utf8');
  expect(text).not.toContain('ttyUSB0');
  expect(JSON.parse(text)).toMatchObject({ measurements: [], observations: [{ case: 'a', value: 1 }] });
  expect((await readBaseline(baseline)).measurements).toHaveLength(30);
  await writeRunRecord(run, record({ a: 2 }, numbers(1)));
  expect((await updateBaseline(run, baseline)).changes?.observations).toMatchObject([
    { case: 'a', before: 1, after: 2 },
  ]);
  expect((await readdir(folder)).sort()).toEqual(['esp32.json', 'esp32.measurements.json', 'run.json']);
});

test('two runs of one firmware: what they do not show alike is kept with every outcome, and judges no later run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const [first, second, baseline] = ['1.json', '2.json', 'b.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeRunRecord(
    first,
    record({
      a: 1,
      b: 'same',
      c: {
        intermittent: [
          { times: 2, value: 'x' },
          { times: 1, value: 'y' },
        ],
      },
    }),
  );
  await writeRunRecord(second, record({ a: 2, b: 'same', c: 'y' }));
  const { intermittent } = await updateBaseline([first, second], baseline);
  const both = [
    { times: 1, value: 1 },
    { times: 1, value: 2 },
  ];
  expect(intermittent).toMatchObject([
    { case: 'a', value: { intermittent: both } },
    { case: 'c', value: { intermittent: [{ times: 2 }, { times: 2 }] } },
  ]);
  const kept = await readBaseline(baseline);
  expect(kept.observations.find((item) => item.case === 'b')?.value).toBe('same');
  for (const a of [1, 2]) expect(compareRuns(kept, record({ a, b: 'same', c: 'x' })).changed).toBe(false);
  expect(compareRuns(kept, record({ a: 3, b: 'same', c: 'x' })).observations.map((item) => item.case)).toEqual(['a']);
});

test('of three runs each counts once; what one of them could not pose is taken from the others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const noUdp = { unavailable: 'no answer over UDP', limit: 'network' };
  const runs = [
    { a: 1, udp: noUdp },
    { a: 1, udp: 'served' },
    { a: 2, udp: 'served' },
  ].map((values, index) => ({ path: join(folder, `${index}.json`), values }));
  for (const { path, values } of runs) await writeRunRecord(path, record(values));
  const [first = '', ...others] = runs.map(({ path }) => path);
  const baseline = join(folder, 'b.json');
  const { intermittent } = await updateBaseline([first, ...others], baseline);
  expect(intermittent).toMatchObject([
    {
      case: 'a',
      value: {
        intermittent: [
          { times: 2, value: 1 },
          { times: 1, value: 2 },
        ],
      },
    },
  ]);
  const { observations } = await readBaseline(baseline);
  expect(observations.find((item) => item.case === 'udp')?.value).toBe('served');
});

test('what does not fit into the memory of a fresh board may be in a baseline', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const [run, baseline] = [join(folder, 'run.json'), join(folder, 'baseline.json')];
  const beyond = { lost: 'out of memory on a fresh board' };
  await writeRunRecord(run, record({ a: beyond, b: 1 }));
  await updateBaseline(run, baseline);
  expect((await readBaseline(baseline)).observations.find((item) => item.case === 'a')?.value).toEqual(beyond);
});

test('two runs of two firmwares are no baseline', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const runs = [join(folder, '1.json'), join(folder, '2.json')] as const;
  await writeRunRecord(runs[0], record({ a: 1 }));
  const other = record({ a: 1 });
  await writeRunRecord(runs[1], { ...other, board: { ...other.board, version: '9.9.9' } });
  await expect(updateBaseline(runs, join(folder, 'b.json'))).rejects.toThrow('compare runs of one firmware');
  expect(await readdir(folder)).toEqual(['1.json', '2.json']);
});

test.for([
  {
    name: 'a run that lost cases',
    text: JSON.stringify(record({ a: { lost: 'the board reset' } })),
    says: 'lost 1 cases',
  },
  {
    name: 'a run that was cut short',
    text: JSON.stringify({
      ...record({ a: 1 }),
      schema: 'wirewrap.run-record/1',
      claims: [
        { id: 'c', source: 'book', role: 'client', statement: 's', verdict: 'inconclusive', observed: 'not run: b' },
      ],
    }),
    says: 'is not a whole run (1 of 2 cases (a part of the cases)): a baseline needs one',
  },
  {
    name: 'a run of one claim',
    text: JSON.stringify({ ...record({ a: 1 }), run: { ...scope, notRun: ['b'], lost: [] } }),
    says: 'is not a whole run (1 of 3 cases (--claim=x), 1 of 2 not run): a baseline needs one',
  },
  { name: 'no JSON', text: '{', says: 'is not JSON' },
  { name: 'something else', text: '[1]', says: 'is not a run record' },
  { name: 'another schema', text: '{"schema":"wirewrap.run-record/9"}', says: 'has schema "wirewrap.run-record/9"' },
  {
    name: 'half a record',
    text: '{"schema":"wirewrap.run-record/1","board":{},"claims":[],"measurements":[]}',
    says: '"observations"',
  },
])('$name cannot become a baseline', async ({ text, says }) => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  await writeFile(join(folder, 'run.json'), text);
  await expect(updateBaseline(join(folder, 'run.json'), join(folder, 'b.json'))).rejects.toThrow(says);
});

test('a file that is missing is named with the remedy', async () => {
  await expect(readBaseline('/no/such/file.json')).rejects.toThrow(
    'Cannot read the run record /no/such/file.json (ENOENT)',
  );
});
