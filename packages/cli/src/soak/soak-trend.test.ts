import { describe, expect, test } from 'vitest';
import { soakSentence } from './format-soak.ts';
import { parseDuration } from './parse-duration.ts';
import type { SoakReading, SoakRecord } from './soak-record.ts';
import { trendsOf } from './soak-trend.ts';

/** Readings of one life, every ten connections. */
function readings(count: number, freeHeap: (connections: number) => number, resets = 0): SoakReading[] {
  return Array.from({ length: count }, (_, index) => ({
    atMs: index * 30_000,
    connections: index * 10,
    resets,
    freeHeap: freeHeap(index * 10),
    freeNative: null,
    largestBlock: null,
    socket: 8,
    pace: {},
  }));
}

/** A heap that is read a little higher or lower each time, always the same way. */
const wobble = (connections: number): number => ((connections * 7919) % 13) * 32;

const heapOf = (all: readonly SoakReading[]) => trendsOf(all).find(({ name }) => name === "Python's heap");

describe('a slope with a bound', () => {
  test('of a leak of 16 bytes a connection is told, whatever the heap wobbles', () => {
    const trend = heapOf(readings(100, (n) => 100_000 - 16 * n + wobble(n)));
    expect(trend).toMatchObject({ verdict: 'grows', connections: 980 });
    expect(trend?.low).toBeGreaterThan(14);
    expect(trend?.high).toBeLessThan(18);
  });

  test('holds 0 where nothing leaks', () => {
    const trend = heapOf(readings(100, (n) => 100_000 + wobble(n)));
    expect(trend).toMatchObject({ verdict: 'level' });
    expect(trend?.low).toBeLessThanOrEqual(0);
    expect(trend?.high).toBeGreaterThanOrEqual(0);
  });

  test('is no leak where a large piece is taken once', () => {
    expect(heapOf(readings(100, (n) => (n < 300 ? 100_000 : 60_000)))?.verdict).not.toBe('grows');
  });

  test('a longer soak sees a smaller leak', () => {
    const leak = (n: number): number => 100_000 - n;
    expect(heapOf(readings(20, leak))?.verdict).toBe('level');
    expect(heapOf(readings(400, leak))?.verdict).toBe('grows');
  });

  test('speaks of the longest life of the board, not across a reset', () => {
    const before = readings(30, (n) => 100_000 - 100 * n);
    const after = readings(60, () => 100_000, 1);
    expect(heapOf([...before, ...after])).toMatchObject({ verdict: 'level', perConnection: 0 });
  });

  test('is not drawn from a few readings', () => {
    expect(trendsOf(readings(8, () => 100_000))).toEqual([]);
  });

  test('of sockets that stay open is told', () => {
    const all = readings(50, () => 100_000).map((reading, index) => ({ ...reading, socket: 8 + index }));
    expect(trendsOf(all).filter(({ verdict }) => verdict === 'grows')).toMatchObject([{ name: 'sockets' }]);
  });
});

test('the sentence says what is wrong, and never that all is well beside it', () => {
  const record = {
    connections: { client: { done: 600, failed: 1 }, server: { done: 600, failed: 0 } },
    tookMs: 28_800_000,
    end: 'complete',
    trends: [],
    problems: ['1 of 1200 connections failed'],
  } as unknown as SoakRecord;
  expect(soakSentence(record)).toBe('Did not hold, 8 h: 1 of 1200 connections failed.');
  expect(soakSentence({ ...record, problems: [] })).toMatch(/^Held for 8 h: 1,200 connections, no error, no reset,/);
});

test.for([
  ['8h', 28_800_000],
  ['1h30m', 5_400_000],
  ['1.5m', 90_000],
  ['2d', 172_800_000],
] as const)('%s is a length of time', ([text, ms]) => {
  expect(parseDuration(text, '--for')).toBe(ms);
});

test.for(['', '8', '0s', 'h', '8 h', '-1h', '1e3s', '8h!'])('"%s" is no duration', (text) => {
  expect(() => parseDuration(text, '--for')).toThrow(`--for=${text} is no length of time`);
});
