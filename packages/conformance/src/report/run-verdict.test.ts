import { expect, test } from 'vitest';
import { compareRuns } from '../compare/compare-runs.ts';
import type { ClaimResult, RunRecord, RunScope } from '../run-record.ts';
import { formatRun } from './format-run.ts';
import { runSentence, runVerdict } from './run-verdict.ts';

const claim = (id: string, rest: Partial<ClaimResult>): ClaimResult => ({
  id,
  source: 'book',
  role: 'client',
  statement: `what ${id} says`,
  verdict: 'conforms',
  observed: 'completes (a)',
  ...rest,
});

const completes = { end: 'completes', hello: true, boardAlert: null, peerAlert: null };

const record: RunRecord = {
  schema: 'wirewrap.run-record/2',
  board: { version: '1.26.1', machine: 'ESP32', capabilities: { engine: '3.6.3' } },
  claims: [claim('x/good', {}), claim('x/known', { verdict: 'deviates', knownDeviation: 'as everybody knows' })],
  observations: [{ case: 'client/default/expired', value: completes }],
  measurements: [],
};

const scope: RunScope = {
  startedAt: '2026-01-02T03:04:05.000Z',
  filter: null,
  total: 9,
  whole: true,
  interrupted: false,
  notRun: [],
  lost: [],
};

const lost = (number: number): RunScope => ({
  ...scope,
  lost: Array.from({ length: number }, (_, i) => ({
    case: `l${i}`,
    reason: i === 0 ? 'the board reset' : 'out of memory',
  })),
});

const beyond = (number: number): RunScope => ({
  ...scope,
  lost: lost(number).lost.map(({ case: id }) => ({ case: id, reason: 'out of memory on a fresh board' })),
});

const sometimes = {
  case: 'client/sometimes',
  value: {
    intermittent: [
      { times: 4, value: completes },
      { times: 1, value: { ...completes, end: 'fails' } },
    ],
  },
};

const own = ['own/a', 'own/b'].map((id) => ({ case: id, value: completes }));
const red = claim('x/red', { verdict: 'deviates' });
const changed = { ...record, observations: [{ case: 'client/default/expired', value: 1 }] };

test.for([
  { name: 'all is known', of: record, parts: {}, is: 'Green: 1 statement conform, 1 known deviation; 1 hole seen.' },
  {
    name: 'a deviation that is not known',
    of: { ...record, claims: [...record.claims, red] },
    parts: {},
    is: 'Red: 1 statement red (x/red); 1 hole seen.',
  },
  {
    name: 'as the baseline',
    of: record,
    parts: { comparison: compareRuns(record, record), baseline: 'esp32.json' },
    is: 'Green: 1 statement conform, 1 known deviation; 1 hole seen; no change against esp32.json.',
  },
  {
    name: 'other than the baseline',
    of: record,
    parts: { comparison: compareRuns(changed, record), baseline: 'esp32.json' },
    is: 'Red: 1 statement conform, 1 known deviation; 1 hole seen; 1 observation changed against esp32.json (client/default/expired).',
  },
  {
    name: 'a few cases lost',
    of: { ...record, run: lost(2) },
    parts: { failed: ['l1'] },
    is: 'Green: 1 statement conform, 1 known deviation; 1 hole seen; 2 cases lost (the board reset: 1, out of memory: 1).',
  },
  {
    name: 'too many cases lost',
    of: { ...record, run: { ...lost(1220), whole: false } },
    parts: {},
    is: 'Red: 1 statement conform, 1 known deviation; 1 hole seen; 1,220 cases lost (the board reset: 1, out of memory: 1219); only a part was asked: 1 of 9 cases.',
  },
  {
    name: 'what does not fit into memory, without a baseline',
    of: { ...record, run: beyond(9) },
    parts: {},
    is: 'Green: 1 statement conform, 1 known deviation; 1 hole seen; 9 cases lost (out of memory on a fresh board: 9).',
  },
  {
    name: 'a firmware whose memory is too small for many cases, without a baseline',
    of: { ...record, run: beyond(25) },
    parts: {},
    is: 'Red: 1 statement conform, 1 known deviation; 1 hole seen; 25 cases lost (out of memory on a fresh board: 25).',
  },
  {
    name: 'what does not fit into memory, as in the baseline',
    of: { ...record, run: beyond(6) },
    parts: { comparison: compareRuns(record, record), baseline: 'esp32.json' },
    is: 'Green: 1 statement conform, 1 known deviation; 1 hole seen; no change against esp32.json; 6 cases lost (out of memory on a fresh board: 6).',
  },
  {
    name: 'a case whose test failed',
    of: record,
    parts: { failed: ['client/x'] },
    is: 'Red: 1 statement conform, 1 known deviation; 1 hole seen; 1 case failed (client/x).',
  },
  {
    name: 'a case that fails now and then',
    of: {
      ...record,
      claims: [...record.claims, claim('x/sometimes', { verdict: 'intermittent' })],
      observations: [...record.observations, sometimes],
    },
    parts: { failed: ['client/sometimes'] },
    is: 'Red: 1 statement red (x/sometimes); 1 hole seen; 1 case intermittent (client/sometimes).',
  },
  {
    name: 'a case that fails now and then, which the baseline knows',
    of: { ...record, observations: [...record.observations, sometimes] },
    parts: {},
    is: 'Green: 1 statement conform, 1 known deviation; 1 hole seen; 1 case intermittent (client/sometimes).',
  },
  {
    name: 'a claim whose cases were all lost',
    of: { ...record, claims: [claim('x/lost', { verdict: 'inconclusive', because: 'lost' })] },
    parts: {},
    is: 'Green: no statement could be judged; 1 hole seen; 1 statement not judged (x/lost).',
  },
  {
    name: 'a run that did not come to its end',
    of: { ...record, run: { ...scope, whole: false, notRun: ['client/x', 'client/y'] } },
    parts: {},
    is: 'Red: 1 statement conform, 1 known deviation; 1 hole seen; only a part was asked: 1 of 9 cases, 2 of 3 not run.',
  },
  {
    name: 'a part',
    of: { ...record, run: { ...scope, whole: false, filter: '--claim=x/good' } },
    parts: {},
    is: 'Green: 1 statement conform, 1 known deviation; 1 hole seen; only a part was asked: 1 of 9 cases (--claim=x/good).',
  },
  {
    name: "tests of one's own",
    of: { ...record, claims: [], observations: own, run: { ...scope, whole: false } },
    parts: {},
    is: "Green: 2 tests of one's own recorded; no suite ran.",
  },
  {
    name: "a test of one's own that failed",
    of: { ...record, claims: [], observations: own, run: { ...scope, whole: false, filter: '-t trusts' } },
    parts: { failed: ['own/b'] },
    is: "Red: 1 case failed (own/b); 2 tests of one's own (-t trusts) recorded; no suite ran.",
  },
  {
    name: "tests of one's own beside a part of the suites",
    of: { ...record, observations: [...record.observations, ...own], run: { ...scope, whole: false } },
    parts: {},
    is: "Green: 1 statement conform, 1 known deviation; 1 hole seen; only a part was asked: 1 of 9 cases and 2 tests of one's own.",
  },
])('$name', ({ of, parts, is }) => {
  expect(runSentence(of, parts)).toBe(is);
  expect(runVerdict(of, parts).red).toBe(is.startsWith('Red'));
});

const shown = { ...record, claims: [...record.claims, red] };

test.for([40, 80, 200])('the end of a run at %i columns: red, known, findings, sentence, counts, paths', (columns) => {
  const text = formatRun(shown, {
    verdict: runVerdict(shown),
    columns,
    path: 'results/a.json',
    page: 'results/a.html',
  });
  const places = ['Deviations that are not known', 'Known deviations', 'Findings', 'Red:', '1 observations', 'Page: '];
  const found = places.map((place) => text.indexOf(place));
  expect(found.every((at) => at >= 0)).toBe(true);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(text.endsWith('Page: results/a.html\n')).toBe(true);
});

test('what is intermittent has its own place, with how often and the statements that rest on it', () => {
  const of = {
    ...record,
    claims: [claim('x/sometimes', { verdict: 'intermittent', observed: '1 of 5' })],
    observations: [sometimes],
  };
  const text = formatRun(of, { verdict: runVerdict(of), verbose: true });
  expect(text).toContain(
    'Intermittent\n  client/sometimes\n    4 of 5 completes; 1 of 5 fails\n  not always: what x/sometimes says (x/sometimes)\n',
  );
  expect(text).not.toContain('Deviations that are not known');
  expect(text).toContain('1 intermittent');
});

test('colours only where they are asked for; verbose tells every statement before the rest', () => {
  const verdict = runVerdict(shown);
  const control = String.fromCharCode(27);
  expect(formatRun(shown, { verdict })).not.toContain(control);
  expect(formatRun(shown, { verdict, colours: true })).toContain(`${control}[31mRed:`);
  expect(formatRun(shown, { verdict, verbose: true })).toMatch(/WHAT TO KNOW FIRST[\s\S]*Deviations that are/);
});
