import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALL_CASES, readForeignRecord, SIEGE_CASES } from '@wirewrap/conformance';
import type { BoardOutcome } from '@wirewrap/tls-lab';
import { describe, expect, test } from 'vitest';
import { globMatches } from '../../foreign/glob.ts';
import { judgeFailure, rowsFor } from '../../foreign/known-case.ts';
import { judgeConversation } from './judge-conversation.ts';
import { type KnownDifference, knownScripts } from './known-scripts.ts';

const baselines = fileURLToPath(new URL('../../../../../fixtures/baselines', import.meta.url));

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
    const served = [{ outcome, cameEarly: false }];
    expect(judgeConversation('ccs/sanity', { ...verdict, passed: true }, served, rows)).toMatchObject({
      label: 'lost',
      reason: 'the board reset in wrap: brown-out',
    });
  });

  test('lost where tlsfuzzer did not wait for a board that came back, and passed where it did', () => {
    const served = [{ outcome: { crash: null } as BoardOutcome, cameEarly: true }];
    expect(judgeConversation('ccs/sanity', verdict, served, rows)).toMatchObject({
      label: 'lost',
      reason: 'the board was still coming back from its reset',
    });
    expect(judgeConversation('ccs/sanity', { ...verdict, passed: true }, served, rows).label).toBe('passed');
  });
});

describe('tlsfuzzer.json', () => {
  test.for([
    ['bogo-debian-1.25.0.json', true],
    ['bogo-esp32-like-1.26.1.json', false],
  ] as const)('explains each difference by a case that there is, of ours or of %s', async ([name, tls13]) => {
    const cases = new Set([...ALL_CASES, ...SIEGE_CASES].map(({ id }) => id));
    const { results } = await readForeignRecord(join(baselines, name), 'bogo');
    for (const { id, label } of results) if (label !== 'unimplemented') cases.add(`bogo/${id}`);
    const rowsOfFirmware = rowsFor(knownScripts.expected, { tls13 });
    expect(rowsOfFirmware.map(({ confirms }) => confirms).filter((id) => !cases.has(id))).toEqual([]);
  });

  test('gives each difference a reason and conversations', () => {
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

test.for([
  ['tlsfuzzer-debian-1.25.0.json', true],
  ['tlsfuzzer-esp32-like-1.26.1.json', false],
] as const)(
  '%s holds nothing unexplained, and tlsfuzzer.json explains its differences as it says',
  async ([name, tls13]) => {
    const { results } = await readForeignRecord(join(baselines, name), 'tlsfuzzer');
    const expected = rowsFor(knownScripts.expected, { tls13 });
    expect(results.filter(({ label }) => label === 'unexplained' || label === 'lost')).toEqual([]);
    const failed = results.filter(({ observed }) => observed !== null);
    expect(failed.length).toBeGreaterThan(200);
    expect(failed.map((each) => ({ ...each, ...judgeFailure(expected, each.id, each.observed ?? '') }))).toEqual(
      failed,
    );
    const scripts = knownScripts.run.map(({ script }) => script);
    expect([...new Set(results.map(({ id }) => id.split('/')[0]))].sort()).toEqual([...scripts].sort());
  },
);
