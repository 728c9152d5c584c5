import { expect, test } from 'vitest';
import { ALL_CASES, SIEGE_SUITES, SUITES } from '../cases/index.ts';
import { CLAIMS } from '../claims/index.ts';
import { FINDINGS } from '../findings/findings.ts';
import { type CaseSelection, describeSelection, selectionOf, serializeSelection } from './case-selection.ts';
import { planRun } from './run-plan.ts';
import { listCases, selectCases } from './select-cases.ts';

const named = new Set([...CLAIMS, ...FINDINGS].flatMap(({ cases }) => cases));
const idsOf = (selection: CaseSelection): string[] => selectCases(selection).map(({ id }) => id);

test('every case is listed once, with the claims and findings that name it', () => {
  expect(listCases().map(({ id }) => id)).toEqual(ALL_CASES.map(({ id }) => id));
  expect(listCases().find(({ id }) => id === 'server/identity/pem')).toEqual({
    id: 'server/identity/pem',
    suite: 'server',
    claims: ['book/pem'],
    findings: [],
  });
});

test('named: every case that a claim or a finding names, and no other', () => {
  expect(idsOf({ named: true }).toSorted()).toEqual([...named].toSorted());
  expect(named.size).toBeLessThan(ALL_CASES.length / 2);
});

test('nothing selected: every case once, in each suite the named ones first', () => {
  expect(idsOf({}).toSorted()).toEqual(ALL_CASES.map(({ id }) => id).toSorted());
  for (const [name, suite] of Object.entries(SUITES)) {
    const ids = selectCases()
      .filter((item) => item.suite === name)
      .map(({ id }) => id);
    expect(ids.toSorted()).toEqual(suite.map(({ id }) => id).toSorted());
    const firstOther = ids.findIndex((id) => !named.has(id));
    if (firstOther >= 0) expect(ids.slice(firstOther).filter((id) => named.has(id))).toEqual([]);
  }
});

test.for([
  [{ claims: ['book/pem'] }, ['server/identity/der', 'server/identity/pem']],
  [{ findings: ['clock-of-2000'] }, ['client/clock/2000']],
  [{ cases: ['client/version/TLSv1.2'] }, ['client/version/TLSv1.2']],
  [{ cases: ['client/*/no-such-profile', 'client/name/other'] }, null],
  [
    { claims: ['book/pem'], cases: ['client/name/other'] },
    ['client/name/other', 'server/identity/der', 'server/identity/pem'],
  ],
  [{ failed: ['client/name/other', 'a case of an older version'] }, ['client/name/other']],
  [{ pattern: '^client/version/TLSv1.2$' }, ['client/version/TLSv1.2']],
  [{ failed: [] }, []],
] as const)('%j', ([selection, expected]) => {
  if (expected === null) expect(() => idsOf(selection)).toThrow('There is no case "client/*/no-such-profile"');
  else expect(idsOf(selection)).toEqual(expected);
});

test('a star stands for any text', () => {
  const all = ALL_CASES.map(({ id }) => id).filter((id) => id.startsWith('mutual/'));
  expect(idsOf({ cases: ['mutual/*'] }).toSorted()).toEqual(all.toSorted());
});

test('the suites that must be named are in no other run, and not in --quick', () => {
  const cve = SIEGE_SUITES.cve.map(({ id }) => id);
  const usual = new Set([...idsOf({}), ...idsOf({ named: true }), ...listCases().map(({ id }) => id)]);
  expect(cve.filter((id) => usual.has(id))).toEqual([]);
  expect(idsOf({ suites: ['cve'] }).toSorted()).toEqual(cve.toSorted());
  expect(idsOf({ suites: ['default', 'cve'] }).length).toBe(ALL_CASES.length + cve.length);
  expect(idsOf({ suites: ['cve'], cases: ['*49300'] })).toEqual(['cve/2026-49300']);
  expect(idsOf({ cases: ['cve/2026-49300'] })).toEqual(['cve/2026-49300']);
  expect(idsOf({ findings: ['cve-2026-49300'] })).toEqual(['cve/2026-49300']);
  expect(() => idsOf({ cases: ['cve/*'] })).toThrow(
    'The cases that "cve/*" fits are in the suite cve: add --suite=cve',
  );
  expect(() => idsOf({ suites: ['cev'] })).toThrow('There is no suite "cev"; did you mean cve?');
  expect(() => idsOf({ suites: ['zzzzzz'] })).toThrow(/There is no suite "zzzzzz"; there are default, .*, cve, /);
  expect(planRun().suites).not.toContain('cve');
});

test.for([
  [{ claims: ['book/pen'] }, 'There is no claim "book/pen"; did you mean book/pem?'],
  [{ findings: ['clock-of-200'] }, 'There is no finding "clock-of-200"; did you mean clock-of-2000?'],
  [{ cases: ['client/name/othr'] }, 'There is no case "client/name/othr"; did you mean client/name/other?'],
  [{ cases: ['qqq'] }, 'There is no case "qqq"; see `wirewrap test --list`'],
  [{ pattern: '(' }, '( is not a regular expression'],
] as const)('%j is refused with what comes near', ([selection, message]) => {
  expect(() => selectCases(selection)).toThrow(message);
});

test('a selection crosses to the workers as text', () => {
  const selection = { claims: ['book/pem'], named: true, pattern: 'x' };
  expect(selectionOf({ WIREWRAP_SELECTION: serializeSelection(selection) })).toEqual(selection);
  expect(describeSelection(selection)).toBe('--claim=book/pem --quick -t x');
  expect(describeSelection({ suites: ['cve'], cases: ['cve/*'] })).toBe('--suite=cve --case=cve/*');
  expect(describeSelection({})).toBeNull();
});

test.for([
  { word: undefined, means: {} },
  { word: '', means: {} },
  { word: 'all', means: {} },
  { word: 'claims', means: { named: true } },
])('WIREWRAP_CASES=$word means $means', ({ word, means }) => {
  expect(selectionOf({ WIREWRAP_CASES: word })).toEqual(means);
});

test.for([
  [{ WIREWRAP_CASES: 'claim' }, 'WIREWRAP_CASES is "claim"; it must be "all" or "claims".'],
  [{ WIREWRAP_SELECTION: '{' }, 'WIREWRAP_SELECTION is "{"; it must be a selection of cases in JSON'],
  [{ WIREWRAP_SELECTION: '{"claim":["x"]}' }, 'it must be a selection of cases in JSON'],
] as const)('%j is refused', ([environment, message]) => {
  expect(() => selectionOf(environment)).toThrow(message);
});

test('the plan of a whole run: every case, every claim once, behind the last suite that asks a case of it', () => {
  const plan = planRun();
  expect(plan.whole).toBe(true);
  expect([...plan.claims.values()].flat().toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
    CLAIMS.toSorted((a, b) => a.id.localeCompare(b.id)),
  );
  // Its cases are in module and validation.
  expect(plan.claims.get('validation')?.map(({ id }) => id)).toContain('book/only-sock-required');
  expect(plan.tests).toBe(ALL_CASES.length + CLAIMS.length);
  expect(planRun({ baseline: true }).tests).toBe(plan.tests + plan.suites.length);
});

test('the plan of a part: the files that run, and only the claims of which a case is asked', () => {
  const plan = planRun({ files: ['/w/packages/conformance/suites/module.test.ts', '/w/x/suites/other.test.ts'] });
  expect(plan.suites).toEqual(['module']);
  expect(plan.whole).toBe(false);
  expect(plan.claims.get('module')?.map(({ id }) => id)).toContain('book/only-sock-required');
  const one = planRun({ selection: { pattern: '^client/version/TLSv1.2$' } });
  expect(one.cases).toEqual(['client/version/TLSv1.2']);
  expect(
    [...one.claims.values()]
      .flat()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['book/most-sites-work', 'book/not-all-versions']);
});
