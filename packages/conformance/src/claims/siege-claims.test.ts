import { expect, test } from 'vitest';
import { SIEGE_CASES } from '../cases/index.ts';
import type { Capabilities, Claim } from '../claim/claim.ts';
import { matchesPattern } from '../claim/pattern.ts';
import { SIEGE_FINDINGS } from '../findings/siege-findings.ts';
import { judgeClaim, redReason } from '../verdict/judge-claim.ts';
import { SIEGE_CLAIMS } from './index.ts';

const caseIds = new Set(SIEGE_CASES.map(({ id }) => id));
const rows = SIEGE_CLAIMS.map((claim) => [claim.id, claim] as const);

test('case, claim and finding ids are unique', () => {
  expect(caseIds.size).toBe(SIEGE_CASES.length);
  expect(new Set(SIEGE_CLAIMS.map(({ id }) => id)).size).toBe(SIEGE_CLAIMS.length);
  expect(new Set(SIEGE_FINDINGS.map(({ id }) => id)).size).toBe(SIEGE_FINDINGS.length);
});

test.for(rows)('%s is observed by cases that exist, and can fail', ([, claim]) => {
  expect(claim.cases).toEqual(Object.keys(claim.expects));
  expect(claim.cases.filter((id) => !caseIds.has(id))).toEqual([]);
  const anything = [null, '', 'accepted', 7, [], {}];
  const deaf = Object.values(claim.expects).filter((pattern) =>
    anything.every((value) => matchesPattern(value, pattern)),
  );
  expect(deaf).toEqual([]);
});

/** A firmware that the claim speaks of: of today, with a library that every advisory calls repaired. */
const TODAY = {
  version: '1.29.0',
  platform: 'esp32',
  engine: '99.0.0',
  contextMethods: ['wrap_socket'],
  tlsContextMethods: ['wrap_socket', 'set_ciphers', 'psk_key', 'ecdsa_sign_callback'],
  pem: true,
  constants: [],
  keywords: [],
  methods: [],
} as unknown as Capabilities;

const WRONG = [{ end: 'crashes' }, { raises: { type: 'RuntimeError', text: 'no' } }, { answer: 'another' }];

test.for(rows)('%s is red when one of its cases shows something else', ([, claim]) => {
  const good = new Map(claim.cases.map((id) => [id, goodValue(claim, id)]));
  for (const id of claim.cases) {
    for (const wrong of WRONG) {
      const seen = new Map<string, unknown>([...good, [id, wrong]]);
      expect(redReason(judgeClaim(claim, seen, TODAY)), `${id}: ${JSON.stringify(wrong)}`).not.toBeNull();
    }
  }
});

/** A value that matches what the claim expects of a case, where its pattern is data. */
function goodValue(claim: Claim, id: string): unknown {
  const pattern = claim.expects[id];
  return typeof pattern === 'function' ? null : pattern;
}

test.for(SIEGE_FINDINGS.map((finding) => [finding.id, finding] as const))(
  '%s is shown by cases, not by anything',
  ([, finding]) => {
    expect(finding.cases).not.toEqual([]);
    expect(finding.cases.filter((id) => !caseIds.has(id))).toEqual([]);
    expect([null, 'anything', [], { end: 'survives' }].filter(finding.shows)).toEqual([]);
  },
);
