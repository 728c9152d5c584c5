import { PROFILES } from '@wirewrap/certgen';
import { describe, expect, test } from 'vitest';
import { FAULT_CASES, SERVER_FAULT_CASES } from '../cases/fault-cases.ts';
import { ALL_CASES } from '../cases/index.ts';
import { VALIDATION_CASES } from '../cases/validation-cases.ts';
import { FINDINGS } from '../findings/findings.ts';
import { CAREFUL_CLIENTS_DIFFER, CERTIFICATE_QUESTIONS } from './certificate-questions.ts';
import { FAULT_QUESTIONS } from './fault-questions.ts';
import { ROW_QUESTIONS } from './row-questions.ts';
import { caseQuestion, safetyOf, worstSafety } from './safety-of.ts';

const completes = { end: 'completes', boardAlert: null, peerAlert: null, hello: true };
const fails = { end: 'fails', at: 'wrap', error: { type: 'OSError' }, boardAlert: null, peerAlert: null, hello: true };

describe('what a careful client does decides, not what the documentation says', () => {
  test.for([
    ['client/default/expired', completes, 'unsafe'],
    ['client/default/expired', fails, 'safe'],
    ['client/default/good', completes, 'unchecked'],
    ['client/none/expired', completes, 'unchecked'],
    ['client/optional/self-signed', completes, 'unsafe'],
    ['client/optional/good', completes, 'safe'],
    ['client/required/good', completes, 'safe'],
    ['client/required/good', fails, 'strict'],
    ['client/required/expired', fails, 'safe'],
    ['client/required/expired', completes, 'unsafe'],
    ['client/required/expired', { ...completes, end: 'takes the certificate' }, 'unsafe'],
    ['client/required/revoked', completes, 'open'],
    ['client/required-unnamed/good', completes, 'unsafe'],
    ['client/name/other', fails, 'safe'],
    ['client/name/wildcard-two-levels', completes, 'unsafe'],
    ['client/version/TLSv1', completes, 'unsafe'],
    ['client/version/TLSv1', fails, 'safe'],
    ['client/clock/2000', fails, 'trap'],
    ['mutual/server/required-none', completes, 'unsafe'],
    ['mutual/server/none-stranger', completes, 'unchecked'],
    ['fault/http-answer', fails, 'safe'],
    ['fault/http-answer', completes, 'unsafe'],
    ['fault/certificate-over-records', completes, 'safe'],
    ['fault/certificate-over-records', fails, 'strict'],
    ['fault/certificate-over-records', { ...fails, faultHappened: false }, 'open'],
    ['fault/no-close-notify', completes, 'unsafe'],
    ['close/close-notify', { ...completes, closeNotify: false }, 'trap'],
    ['crash/cipher-before-handshake', { end: 'crashes' }, 'crash'],
    ['client/required/good', { end: 'crashes' }, 'crash'],
    ['client/required/good', { lost: 'the board reset' }, 'unknown'],
    ['client/required/good', { unavailable: 'no' }, 'unknown'],
    [
      'client/required/expired',
      { end: 'fails', at: 'wrap', error: { type: 'TypeError', text: "unexpected keyword argument 'cadata'" } },
      'unknown',
    ],
    ['asyncio/required-wrong-host', { raises: { type: 'ValueError' } }, 'safe'],
    ['asyncio/required-wrong-host', { answer: "b'ping'" }, 'unsafe'],
    ['module/constants', ['CERT_NONE'], 'open'],
    ['nobody/knows-it', completes, 'open'],
  ] as const)('%s: %j is %s', ([id, value, safety]) => {
    expect(safetyOf(id, value)).toBe(safety);
  });

  test('the worst of several', () => {
    expect(worstSafety(['safe', 'unchecked', 'unsafe', 'open'])).toBe('unsafe');
    expect(worstSafety(['safe', 'open'])).toBe('safe');
    expect(worstSafety([])).toBe('open');
  });
});

describe('the tables', () => {
  const ids = new Set(ALL_CASES.map(({ id }) => id));

  test('ask about every validation case and every fault case', () => {
    expect([...CERTIFICATE_QUESTIONS.keys()].toSorted()).toEqual(VALIDATION_CASES.map(({ id }) => id).toSorted());
    const faults = [...FAULT_CASES, ...SERVER_FAULT_CASES].map(({ id }) => id);
    expect([...FAULT_QUESTIONS.keys()].toSorted()).toEqual(faults.toSorted());
  });

  test('ask about no case that does not exist, and about none twice', () => {
    for (const id of ROW_QUESTIONS.keys()) {
      expect(ids, id).toContain(id);
      expect(CERTIFICATE_QUESTIONS.has(id) || FAULT_QUESTIONS.has(id), id).toBe(false);
    }
  });

  test('where careful clients are said to differ, somebody is named who refuses', () => {
    for (const name of CAREFUL_CLIENTS_DIFFER) {
      expect(PROFILES.find((profile) => profile.name === name)?.refuse, name).toEqual(expect.any(String));
    }
  });

  test('a hole never reads as safe: what a finding shows by completing is unsafe', () => {
    for (const { severity, cases, shows } of FINDINGS) {
      if (severity !== 'hole' || !shows(completes)) continue;
      for (const id of cases) expect(safetyOf(id, completes), id).toBe('unsafe');
    }
  });

  test('every question is told in whole sentences', () => {
    for (const id of ids) {
      const question = caseQuestion(id);
      if (question === null) continue;
      for (const text of [question.posed, question.careful]) {
        expect(text, id).toMatch(/^\p{Lu}.*[.)]$/su);
        expect(text, id).not.toMatch(/\.\.$|undefined/);
      }
    }
  });
});
