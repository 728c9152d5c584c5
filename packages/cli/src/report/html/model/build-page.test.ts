import { CLAIMS, type ClaimResult, RUN_DETAILS_SCHEMA, RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
import { describe, expect, test } from 'vitest';
import { buildPage } from './build-page.ts';

const claim = (id: string, rest: Partial<ClaimResult> = {}): ClaimResult => ({
  id,
  source: 'book',
  role: 'client',
  statement: `statement of ${id}`,
  verdict: 'conforms',
  observed: 'completes',
  ...rest,
});

const record = (rest: Partial<RunRecord> = {}): RunRecord => ({
  schema: RUN_RECORD_SCHEMA,
  board: { machine: 'Generic ESP32', version: '1.26.1', capabilities: { hardware: true, shape: null } },
  claims: [],
  observations: [],
  measurements: [],
  ...rest,
});

describe('runs', () => {
  test.for([
    [
      'different firmwares',
      [{ version: '1.25.0' }, { version: '1.26.1' }],
      ['MicroPython 1.25.0', 'MicroPython 1.26.1'],
    ],
    [
      'one firmware on two boards',
      [
        { version: '1.26.1', machine: 'A' },
        { version: '1.26.1', machine: 'B' },
      ],
      ['MicroPython 1.26.1 · A', 'MicroPython 1.26.1 · B'],
    ],
    [
      'one firmware twice on one board',
      [
        { version: '1.26.1', machine: 'A' },
        { version: '1.26.1', machine: 'A' },
      ],
      ['MicroPython 1.26.1 · run 1', 'MicroPython 1.26.1 · run 2'],
    ],
    [
      'a shape that a virtual board shows',
      [{ version: '1.26.1', capabilities: { shape: '1.20', hardware: false } }],
      ['MicroPython 1.26.1, shape of 1.20'],
    ],
    ['a record that knows nothing', [{}], ['MicroPython of unknown version']],
  ] as const)('%s have names that tell them apart', ([, boards, names]) => {
    const { model } = buildPage(boards.map((board) => ({ record: record({ board }) })));
    expect(model.runs.map(({ name }) => name)).toEqual(names);
  });

  test('a virtual board is never shown as hardware', () => {
    const board = { machine: 'linux', version: '1.26.1', virtual: { engine: 'unix' } };
    expect(buildPage([{ record: record({ board }) }]).model.runs[0]).toMatchObject({
      board: 'linux · virtual board',
      simulated: true,
    });
  });
});

describe('claims', () => {
  test.for([
    [{ verdict: 'conforms' }, 'conforms'],
    [{ verdict: 'conforms', knownDeviation: 'why' }, 'gone'],
    [{ verdict: 'deviates' }, 'unexplained'],
    [{ verdict: 'deviates', knownDeviation: 'why' }, 'known'],
    [{ verdict: 'intermittent' }, 'intermittent'],
    [{ verdict: 'not-applicable' }, 'not-applicable'],
    [{ verdict: 'inconclusive' }, 'inconclusive'],
    [{ verdict: 'inconclusive', because: 'lost' }, 'inconclusive'],
    [{ verdict: 'inconclusive', because: 'not-asked' }, 'not-asked'],
  ] as const)('%j is shown as %s', ([result, tone]) => {
    const { model } = buildPage([{ record: record({ claims: [claim('a', result)] }) }]);
    expect(model.claims[0]?.cells[0]?.tone).toBe(tone);
    expect(model.runs[0]?.tones[tone]).toBe(1);
    expect(model.findings.some(({ claim: id }) => id === 'a')).toBe(
      ['gone', 'intermittent', 'unexplained'].includes(tone),
    );
  });

  test('stand side by side; one that a run does not know is empty there', () => {
    const runs = [
      record({ claims: [claim('a'), claim('b')] }),
      record({ claims: [claim('b', { observed: 'fails' }), claim('c')] }),
    ];
    const { model } = buildPage(runs.map((item) => ({ record: item })));
    expect(
      model.claims.map(({ id, cells, differs }) => [id, cells.map((cell) => cell?.observed ?? null), differs]),
    ).toEqual([
      ['a', ['completes', null], true],
      ['b', ['completes', 'fails'], true],
      ['c', [null, 'completes'], true],
    ]);
  });

  test('where nothing was judged a reason that names the firmware is no difference', () => {
    const runs = ['1.25.0', '1.26.1'].map((version) =>
      record({ claims: [claim('a', { verdict: 'not-applicable', observed: `this firmware is ${version}` })] }),
    );
    expect(buildPage(runs.map((item) => ({ record: item }))).model.claims[0]?.differs).toBe(false);
  });

  test('know their topic and cases from the table of claims', () => {
    const known = CLAIMS.find(({ cases }) => cases.length > 0);
    const { model } = buildPage([{ record: record({ claims: [claim(known?.id ?? '')] }) }]);
    expect(model.claims[0]?.cases).toEqual(known?.cases);
  });
});

describe('cases', () => {
  const observations = [
    { case: 'client/good', value: { end: 'completes', boardAlert: null, peerAlert: null, hello: true } },
    { case: 'client/bad', value: { end: 'fails', at: 'wrap', boardAlert: null, peerAlert: null, hello: true } },
    { case: 'new/crash', value: { end: 'crashes', boardAlert: null, peerAlert: null, hello: false } },
    { case: 'module/names', value: ['wrap_socket'] },
    { case: 'module/raises', value: { raises: { type: 'TypeError' } } },
    { case: 'x/lost', value: { lost: 'the board reset' } },
    { case: 'x/no', value: { unavailable: 'no such module' } },
  ];
  const safeties = ['open', 'open', 'crash', 'open', 'open', 'unknown', 'unknown'];

  test('are told by what the board did, in words; cases that nobody knows are no matter of safety', () => {
    const { model } = buildPage([{ record: record({ observations }) }]);
    expect(Object.fromEntries(model.cases.map(({ id, cells }) => [id, cells[0]?.safety]))).toEqual(
      Object.fromEntries(observations.map(({ case: id }, index) => [id, safeties[index]])),
    );
  });

  test('safety and agreement with the documentation are apart: a documented hole is unsafe and as documented', () => {
    const claims = [claim('book/cert-none-is-default', { verdict: 'conforms' })];
    const known = CLAIMS.find(({ cases }) => cases.includes('client/default/expired'));
    const { model } = buildPage([
      {
        record: record({
          claims: claims.map((item) => ({ ...item, id: known?.id ?? '' })),
          observations: [
            {
              case: 'client/default/expired',
              value: { end: 'completes', boardAlert: null, peerAlert: null, hello: true },
            },
          ],
        }),
      },
    ]);
    expect(model.claims[0]?.cells[0]).toMatchObject({ tone: 'conforms', safety: 'unsafe' });
    expect(model.runs[0]?.counts.hole).toBeGreaterThan(0);
  });

  test('a crash that no finding names is a finding', () => {
    const { model } = buildPage([{ record: record({ observations }) }]);
    expect(model.findings.filter(({ id }) => id.startsWith('crash:'))).toMatchObject([
      { severity: 'crash', cases: ['new/crash'], seen: [true] },
    ]);
  });

  test('one that failed without an observation is there too, and named as a failure', () => {
    const failed = {
      case: 'x/broken',
      test: 't',
      file: 'f',
      status: 'failed',
      failureClass: 'host',
      durationMs: 1,
      error: 'no port\nstack',
      handshakes: [],
    } as const;
    const { model } = buildPage([
      { record: record(), details: { schema: RUN_DETAILS_SCHEMA, board: {}, cases: [failed] } },
    ]);
    expect(model.cases).toMatchObject([
      { id: 'x/broken', cells: [{ safety: 'unknown', summary: 'failed: no port', status: 'failed' }] },
    ]);
    expect(model.failures).toEqual([{ case: 'x/broken', run: 0, failureClass: 'host', error: 'no port' }]);
  });
});

test('measurements: earlier runs first, several values of a case as their median, unmeasured cases left out', () => {
  const measured = (...values: number[]) =>
    record({ measurements: values.map((value) => ({ case: 'a', name: 'wrap', unit: 'ms', value })) });
  const other = record({ measurements: [{ case: 'gone', name: 'wrap', unit: 'ms', value: 1 }] });
  const { data, model } = buildPage(
    [{ record: measured(3, 9, 5) }],
    [measured(4), other].map((item, index) => ({ name: `${index}`, record: item })),
  );
  expect(data.series).toEqual([
    {
      case: 'a',
      name: 'wrap',
      unit: 'ms',
      points: [
        { value: 4, run: null, label: 'earlier run 1, 1.26.1' },
        { value: 5, run: 0, label: 'MicroPython 1.26.1' },
      ],
    },
  ]);
  expect(model.distributions[0]?.rows.map(({ values }) => values.length)).toEqual([1, 1, 3]);
});

describe('the verdict', () => {
  const observations = [{ case: 'client/name/other', value: { end: 'fails' } }];
  const lost = [{ case: 'client/name/other', value: { lost: 'the board reset' } }];

  test('of a run that differs from its baseline is red, with the baseline by its name and both values', () => {
    const baseline = {
      name: 'fixtures/baselines/a.json',
      record: record({ observations: [{ case: 'client/name/other', value: { end: 'completes' } }] }),
    };
    const [run] = buildPage([{ record: record({ observations }), baseline }]).model.runs;
    expect(run).toMatchObject({
      red: true,
      changes: {
        baseline: 'fixtures/baselines/a.json',
        list: [{ case: 'client/name/other', change: 'changed', before: 'completes' }],
      },
    });
    expect(run?.sentence).toMatch(/^Red: .*1 observation changed against fixtures\/baselines\/a\.json/);
  });

  test('of a run that is as its baseline is green', () => {
    const baseline = { name: 'b.json', record: record({ observations }) };
    const [run] = buildPage([{ record: record({ observations }), baseline }]).model.runs;
    expect(run?.sentence).toMatch(/^Green: .*no change against b\.json/);
  });

  test('says what was lost and why', () => {
    const [run] = buildPage([{ record: record({ observations: lost }) }]).model.runs;
    expect(run?.sentence).toContain('1 case lost (the board reset: 1)');
  });
});
