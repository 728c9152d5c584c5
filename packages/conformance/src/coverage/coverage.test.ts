import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_CASES, SIEGE_CASES } from '../cases/index.ts';
import { OUR_FINISHED } from '../observation/host-limit.ts';
import { SECOND_ORACLE } from '../safety/second-oracle.ts';
import { COVERAGE_RULES, coveredTests, TLS_ANVIL_TESTS } from './coverage.ts';
import { coveragePage } from './coverage-page.ts';

const root = new URL('../../../../', import.meta.url);

/** Cases of a suite of others that were given to a board in the reviewed run. */
const given = (suite: string): readonly string[] =>
  JSON.parse(readFileSync(new URL(`fixtures/baselines/${suite}-debian-1.25.0.json`, root), 'utf8')).results.flatMap(
    ({ id, label }: { id: string; label: string }) => (label === 'unimplemented' ? [] : [id]),
  );
const foreign: Readonly<Record<string, readonly string[]>> = { bogo: given('bogo') };

test("TLS-Anvil's 437 tests are there, by role", () => {
  const roles = Object.values(TLS_ANVIL_TESTS).map((path) => path.split('/')[0]);
  const count = (role: string): number => roles.filter((each) => each === role).length;
  expect([count('server'), count('client'), count('both')]).toEqual([182, 144, 111]);
});

test('each test has a rule, and each rule a test', () => {
  const tests = coveredTests();
  const spoken = new Set(tests.map(({ id }) => id));
  expect(Object.entries(TLS_ANVIL_TESTS).filter(([id]) => !spoken.has(id))).toEqual([]);
  const used = new Set(tests.map(({ rule }) => rule));
  expect(COVERAGE_RULES.filter((rule) => !used.has(rule))).toEqual([]);
});

test('a rule says one thing', () => {
  for (const { covered, missing, notApplicable } of COVERAGE_RULES) {
    expect([covered, missing, notApplicable].filter((each) => each !== undefined)).toHaveLength(1);
  }
});

test('what covers a test is a case of ours, or one of BoGo that ran', () => {
  const ours = new Set([...ALL_CASES, ...SIEGE_CASES].map(({ id }) => id));
  const named = COVERAGE_RULES.flatMap(({ covered = [] }) => covered);
  const unknown = named.filter((by) => {
    const [, suite = '', glob] = /^(bogo):(.*)$/.exec(by) ?? [];
    if (glob === undefined) return !ours.has(by);
    const pattern = new RegExp(`^${glob.replaceAll('*', '.*')}$`);
    return !foreign[suite]?.some((id) => pattern.test(id));
  });
  expect(unknown).toEqual([]);
});

test.for(SECOND_ORACLE)('$fault ends at our Finished, where $bogo goes on', ({ fault, bogo }) => {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/baselines/${name}`, root), 'utf8'));
  const ours = read('esp32-like-1.26.1.json').observations.find((each: { case: string }) => each.case === fault);
  expect(ours?.value).toEqual(OUR_FINISHED);
  const theirs = read('bogo-esp32-like-1.26.1.json').results.find(({ id }: { id: string }) => id === bogo);
  expect(theirs).toMatchObject({ label: 'expected', observed: expect.stringMatching(/^unexpected success/) });
});

test('docs/coverage.md is what the data make of it', () => {
  expect(readFileSync(new URL('docs/coverage.md', root), 'utf8')).toBe(coveragePage());
});
