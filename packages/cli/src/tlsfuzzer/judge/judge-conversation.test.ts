import { ALL_CASES, CLAIMS, FINDINGS, SIEGE_CASES } from '@wirewrap/conformance';
import type { BoardOutcome } from '@wirewrap/tls-lab';
import { describe, expect, test } from 'vitest';
import { globMatches } from '../../foreign/glob.ts';
import { judgeConversation } from './judge-conversation.ts';
import { type KnownDifference, knownScripts } from './known-scripts.ts';

const rows: readonly KnownDifference[] = [
  { cases: ['ccs/*'], says: 'closure', reason: 'it closes', confirms: 'server/identity/der' },
];
const verdict = { name: 'sanity', passed: false, message: 'AssertionError: Unexpected closure from peer', ports: [] };

describe('a conversation is', () => {
  test('passed, expected with its reason and what confirms it, or unexplained', () => {
    expect(judgeConversation('ccs/sanity', { ...verdict, passed: true }, [], rows)).toMatchObject({ label: 'passed' });
    expect(judgeConversation('ccs/sanity', verdict, [], rows)).toMatchObject({
      label: 'expected',
      reason: 'it closes (server/identity/der)',
    });
    expect(judgeConversation('ccs/sanity', { ...verdict, message: 'other' }, [], rows)).toMatchObject({
      label: 'unexplained',
      observed: 'other',
    });
  });

  test('lost where the board reset, whatever tlsfuzzer says', () => {
    const outcome = { crash: 'brown-out', crashedIn: 'wrap' } as BoardOutcome;
    expect(judgeConversation('ccs/sanity', { ...verdict, passed: true }, [outcome], rows)).toMatchObject({
      label: 'lost',
      reason: 'the board reset in wrap: brown-out',
    });
  });
});

describe('tlsfuzzer.json', () => {
  test('explains each difference by a case, a claim or a finding that there is', () => {
    const ours = new Set([...ALL_CASES, ...SIEGE_CASES, ...CLAIMS, ...FINDINGS].map(({ id }) => id));
    expect(knownScripts.expected.filter(({ confirms }) => !ours.has(confirms))).toEqual([]);
    for (const { reason, cases } of knownScripts.expected) {
      expect(reason.length).toBeGreaterThan(10);
      expect(cases.length).toBeGreaterThan(0);
    }
  });

  test('runs each script once, and none that it leaves out', () => {
    const names = knownScripts.run.map(({ script }) => script);
    expect(new Set(names).size).toBe(names.length);
    const left = knownScripts.leftOut.flatMap(({ scripts }) => scripts);
    expect(names.filter((name) => left.some((glob) => globMatches(glob, name)))).toEqual([]);
    expect(names.filter((name) => name.includes('tls13'))).toEqual([]);
  });
});
