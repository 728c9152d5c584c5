import { fileURLToPath } from 'node:url';
import { readForeignRecord } from '@wirewrap/conformance';
import { describe, expect, test } from 'vitest';
import { globMatches } from '../../foreign/glob.ts';
import { judgeFailure, type KnownCase, rowsFor } from '../../foreign/known-case.ts';
import type { ShimResult } from '../shim/board-shim.ts';

import { judgeCase } from './judge-case.ts';
import { disabledFor, knownCases } from './known-cases.ts';

const shim: ShimResult = { role: 'client', exitCode: 0, stderr: '', note: null };
const rows: KnownCase[] = [{ cases: ['KeyUpdate-*'], says: 'UNEXPECTED', reason: 'no key updates', confirms: 'x' }];

test.for([
  ['*', 'Any-Thing', true],
  ['KeyUpdate-*', 'KeyUpdate-ToClient', true],
  ['*-TLS1', 'Basic-TLS12', false],
  ['TLS1?-*', 'TLS12-X', true],
  ['*[12]', 'A-3', false],
  ['A.B', 'AxB', false],
] as const)('%s and %s: %s', ([glob, name, matches]) => {
  expect(globMatches(glob, name)).toBe(matches);
});

describe('a case is', () => {
  const judge = (word: 'passed' | 'failed' | 'unimplemented', message = '', note: ShimResult['note'] = null) =>
    judgeCase({ id: 'KeyUpdate-ToClient', word, message }, { ...shim, note }, rows);

  test('expected where a row names the failure, with its reason', () => {
    expect(judge('failed', 'local error UNEXPECTED_MESSAGE')).toMatchObject({
      label: 'expected',
      observed: 'local error UNEXPECTED_MESSAGE',
      reason: 'no key updates (x)',
    });
  });

  test('unexplained where it fails in another way than the row says', () => {
    expect(judge('failed', 'i/o timeout')).toMatchObject({ label: 'unexplained', reason: null });
  });

  test('passed, unimplemented, or lost when the board reset', () => {
    expect(judge('passed')).toMatchObject({ label: 'passed', observed: null });
    const flag = { kind: 'unimplemented', reason: '-psk: no pre-shared keys' } as const;
    expect(judge('unimplemented', '', flag)).toMatchObject({ label: 'unimplemented', reason: flag.reason });
    const late =
      "unexpected failure: local error 'accept tcp [::1]: i/o timeout'; OSError(-29312) MBEDTLS_ERR_SSL_CONN_EOF";
    expect(judge('failed', late)).toMatchObject({ label: 'lost', reason: expect.stringContaining('--idle') });
    const reset = { kind: 'lost', reason: 'the board reset in wrap: brown-out' } as const;
    expect(judge('failed', 'EOF', reset)).toMatchObject({ label: 'lost', reason: reset.reason });
  });
});

test('a firmware without TLS 1.3 is not given the cases of it', () => {
  const reason = 'the firmware has no TLS 1.3';
  expect(disabledFor(knownCases.disabled, { tls13: false })).toMatchObject({ '*TLS13*': reason });
  expect(Object.keys(disabledFor(knownCases.disabled, { tls13: true }))).not.toContain('*TLS13*');
});

test('what a firmware without TLS 1.3 may do is unexplained in one that has it', () => {
  const message = "unexpected success: local error 'none'";
  const judge = (tls13: boolean) =>
    judgeCase({ id: 'Downgrade-TLS12-Client', word: 'failed', message }, shim, rowsFor(knownCases.expected, { tls13 }));
  expect(judge(false)).toMatchObject({ label: 'expected', reason: expect.stringContaining('RFC 8446, 4.1.3') });
  expect(judge(true)).toMatchObject({ label: 'unexplained', reason: null });
});

test('every row of bogo.json has cases and a reason, and no case is named twice in a list', () => {
  for (const list of [knownCases.disabled, knownCases.expected]) {
    for (const { cases, reason } of list) {
      expect(cases.length).toBeGreaterThan(0);
      expect(reason.length).toBeGreaterThan(10);
    }
    const named = list.flatMap(({ cases, says = '' }) => cases.map((glob) => `${glob} ${says}`));
    expect(new Set(named).size).toBe(named.length);
  }
});

test.for([
  ['bogo-debian-1.25.0.json', true],
  ['bogo-esp32-like-1.26.1.json', false],
] as const)('%s holds nothing unexplained, and bogo.json explains its failures as it says', async ([name, tls13]) => {
  const path = new URL(`../../../../../fixtures/baselines/${name}`, import.meta.url);
  const { results } = await readForeignRecord(fileURLToPath(path), 'bogo');
  const rows = rowsFor(knownCases.expected, { tls13 });
  expect(results.filter(({ label }) => label === 'unexplained' || label === 'lost')).toEqual([]);
  const failed = results.filter(({ observed }) => observed !== null);
  expect(failed.length).toBeGreaterThan(200);
  expect(failed.map((each) => ({ ...each, ...judgeFailure(rows, each.id, each.observed ?? '') }))).toEqual(failed);
  const off = Object.keys(disabledFor(knownCases.disabled, { tls13 }));
  expect(results.filter(({ id }) => off.some((glob) => globMatches(glob, id)))).toEqual([]);
});
