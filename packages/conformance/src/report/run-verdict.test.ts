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
    name: 'a case whose test failed',
    of: record,
    parts: { failed: ['client/x'] },
    is: 'Red: 1 statement conform, 1 known deviation; 1 hole seen; 1 case failed (client/x).',
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

test('colours only where they are asked for; verbose tells every statement before the rest', () => {
  const verdict = runVerdict(shown);
  const control = String.fromCharCode(27);
  expect(formatRun(shown, { verdict })).not.toContain(control);
  expect(formatRun(shown, { verdict, colours: true })).toContain(`${control}[31mRed:`);
  expect(formatRun(shown, { verdict, verbose: true })).toMatch(/WHAT TO KNOW FIRST[\s\S]*Deviations that are/);
});
