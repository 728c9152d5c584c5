import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPki } from '@wirewrap/certgen';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { shortfalls } from '../../../scripts/bench/detect/goals.ts';
import { MUTANTS, SHORT_FORM } from '../../../scripts/bench/detect/mutants.ts';
import { mutated } from '../../../scripts/bench/detect/mutated-board.ts';
import { casesOf, runMutant, unchanged } from '../../../scripts/bench/detect/run-mutant.ts';
import { formatTable } from '../../../scripts/bench/detect/table.ts';
import { readBaseline } from '../src/index.ts';

const root = join(import.meta.dirname, '../../..');
const sslModule = readFileSync(join(root, 'packages/virtual-board/firmware/ssl.py'), 'utf8');

/** Milliseconds for one mutant on a machine that is busy. */
const MUTANT_MS = 300_000;

async function benchOf() {
  const [{ executable: engine }, baseline] = await Promise.all([
    provisionMicroPython(),
    readBaseline(join(root, 'fixtures/baselines/debian-1.25.0.json')),
  ]);
  return { pki: createPki(), engine, baseline, whole: false };
}

test('there are at least 80 mutants, each with its own name, and the short form is of them', () => {
  const names = MUTANTS.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(80);
  expect(new Set(names).size).toBe(names.length);
  expect(SHORT_FORM.filter((name) => !names.includes(name))).toEqual([]);
});

test('every mutant is asked something, and every text that is replaced is there', () => {
  const blind = MUTANTS.filter(({ cases }) => cases.some((glob) => casesOf({ cases: [glob] }, false).length === 0));
  expect(blind.map(({ name, cases }) => `${name}: ${cases.join(' ')}`)).toEqual([]);
  for (const { name, change } of MUTANTS) {
    if (!('c' in change)) mutated(sslModule, [change].flat(), name, '/marks');
  }
});

test('a text that is not there is refused', () => {
  expect(() => mutated(sslModule, [{ old: 'no such line', new: '' }], 'x', '/marks')).toThrow('exactly once');
});

test.for(SHORT_FORM)('%s is caught, with its cause and its class', { timeout: MUTANT_MS }, async (name) => {
  const [mutant] = MUTANTS.filter((candidate) => candidate.name === name);
  const outcome = await runMutant(mutant ?? unchanged([]), await benchOf());
  const { triggered, caught, named, classFits } = outcome;
  expect({ triggered, caught, named, classFits }, JSON.stringify(outcome.told)).toEqual({
    triggered: true,
    caught: true,
    named: true,
    classFits: true,
  });
});

test('the firmware as it is gives no alarm', { timeout: MUTANT_MS }, async () => {
  const cases = ['signature/*', 'stream/*', 'client/context/*', 'client/forged-signature/*'];
  const { caught, measuredOnly, told } = await runMutant(unchanged(cases), await benchOf());
  // A busy machine moves measurements, which never change an exit code.
  expect({ alarm: caught && !measuredOnly }, JSON.stringify(told)).toEqual({ alarm: false });
});

test('what falls short of a goal is said, and a mutant that was not reached is none of it', () => {
  const base = {
    mutant: 'a',
    kind: 'data',
    cases: 1,
    measuredOnly: false,
    class: null,
    classFits: true,
    told: [],
    example: '',
    ms: 1,
  };
  const good = { ...base, triggered: true, caught: true, red: true, named: true };
  const unseen = { ...good, triggered: false, caught: false, red: false, named: false };
  expect(shortfalls([good, unseen], 0)).toEqual([]);
  expect(shortfalls([good, { ...unseen, triggered: true }], 1)).toEqual([
    '1 of 2 mutants are caught with a baseline; 95 % are asked for',
    '1 of 2 mutants are red without one; 70 % are asked for',
    '1 of 2 mutants are told with their cause; 90 % are asked for',
    '1 unchanged runs gave a false alarm; none may',
  ]);
});

test('a mutant that was not reached does not count as missed', () => {
  const base = {
    mutant: 'a',
    kind: 'data',
    cases: 1,
    measuredOnly: false,
    red: false,
    named: false,
    class: null,
    classFits: false,
  };
  const rest = { told: [], example: '', ms: 1 };
  const table = formatTable([
    { ...base, ...rest, triggered: false, caught: false },
    { ...base, ...rest, triggered: true, caught: true },
  ]);
  expect(table).toMatch(/\| all +\| 2 +\| 1 +\| 1 of 1 \(100 %\)/);
});
