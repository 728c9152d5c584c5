import { describe, expect, test } from 'vitest';
import { Calendar } from '../clock.ts';
import { RecipeContext } from '../recipe/recipe-context.ts';
import { findProfile } from './find-profile.ts';
import { PROFILES } from './index.ts';
import { SERVER_CASES } from './server-cases.ts';

const context = new RecipeContext('board.test', 'p-256', new Calendar(Date.UTC(2026, 10, 23)));

describe('the table', () => {
  test('has more than sixty profiles with different names', () => {
    expect(PROFILES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(PROFILES.map(({ name }) => name)).size).toBe(PROFILES.length);
  });

  test.for(PROFILES)('$name says all that a person needs', ({ name, what, wrong, refuse }) => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(what).toMatch(/^[A-Za-z`].*[^.]$/);
    // Whoever should refuse it has something to refuse it for, and a section that says so.
    if (refuse !== null) expect(wrong).toMatch(/^\S.*[^.]$/);
    if (refuse?.startsWith('Every verifying')) expect(refuse).toMatch(/RFC|NIST/);
  });

  test.for(PROFILES)('$name is plain data once it is resolved', ({ recipe }) => {
    const resolved = recipe(context);
    expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
    const labels = new Set(Object.keys(resolved.certificates));
    const named = [
      ...resolved.serve,
      ...resolved.trust,
      ...(resolved.crls ?? []).flatMap((crl) => [crl.issuer, ...crl.revokes]),
    ];
    const issuers = Object.values(resolved.certificates).flatMap(({ issuer }) => (issuer === null ? [] : [issuer]));
    for (const label of ['leaf', ...named, ...issuers]) expect(labels).toContain(label);
  });

  test.for(PROFILES)('$name is the same at any time of the day', ({ name, recipe }) => {
    const at = (hours: number) =>
      recipe(new RecipeContext('board.test', 'p-256', new Calendar(Date.UTC(2026, 10, 23, hours))));
    if (name === 'expires-soon') expect(at(3)).not.toEqual(at(23));
    else expect(at(3)).toEqual(at(23));
  });
});

test('the cases of a server leave out what Node cannot present, and clients', () => {
  const names = SERVER_CASES.map(({ profile }) => profile as string);
  expect(names).toContain('expired');
  expect(names).not.toContain('mismatched-key');
  expect(names).not.toContain('client-good');
  expect(SERVER_CASES.find(({ profile }) => profile === 'expired')).toMatchObject({
    unverified: 'completes',
    verified: 'refused',
    flags: ['EXPIRED'],
  });
});

test('an unknown name is answered with the closest ones', () => {
  expect(() => findProfile('self_signd')).toThrow(/"self_signd"; did you mean self-signed\?/);
  expect(() => findProfile('zzzzzzzzzz')).toThrow(expect.objectContaining({ code: 'UNKNOWN_PROFILE' }));
});
