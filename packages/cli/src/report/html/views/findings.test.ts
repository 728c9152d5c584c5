import { expect, test } from 'vitest';
import type { FindingView, PageModel } from '../model/page-model.ts';
import { findings } from './findings.ts';

const finding = (seen: boolean | null): FindingView => ({
  id: 'x',
  severity: 'hole',
  title: 'A hole',
  versions: 'all',
  advice: 'Mind it.',
  cases: [],
  claim: null,
  seen: [seen],
  observed: [null],
});

function pageOf(...seen: (boolean | null)[]): string {
  const model = { runs: [{ name: 'MicroPython 1.25.0' }], cases: [], findings: seen.map(finding) };
  return findings(model as unknown as PageModel).text;
}

test.for([
  ['all were looked for and none was seen', [false, false], 'No finding showed in this run: no hole'],
  ['none was looked for', [null, null], 'Findings were not looked for in this run'],
  ['one was not looked for', [false, null], '1 of 2 findings were not looked for in this run'],
] as const)('%s', ([, seen, sentence]) => {
  expect(pageOf(...seen)).toContain(sentence);
});

test('one that was seen needs no such sentence', () => {
  expect(pageOf(true, null)).not.toMatch(/<p class="empty">/);
});
