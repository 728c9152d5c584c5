import { expect, test } from 'vitest';
import { common, lengthOf, merged, without } from './spans.ts';
import { type ConnectionTimes, timeParts } from './time-parts.ts';

test('spans are merged, cut and intersected', () => {
  const spans = merged([
    [5, 7],
    [0, 2],
    [1, 3],
    [3, 4],
    [9, 9],
  ]);
  expect(spans).toEqual([
    [0, 4],
    [5, 7],
  ]);
  expect(common(spans, [[3, 6]])).toEqual([
    [3, 4],
    [5, 6],
  ]);
  expect(without(spans, [[3, 6]])).toEqual([
    [0, 3],
    [6, 7],
  ]);
  expect(without(spans, [])).toEqual(spans);
  expect(lengthOf(spans)).toBe(6);
});

const connection = (from: number, to: number, passedMs: readonly number[]): ConnectionTimes => ({
  span: [from, to],
  passedMs,
});

test('a call is line, a connection in it is handshake, the rest is host', () => {
  const parts = timeParts([0, 100], { calls: [[10, 60]], silences: [] }, [connection(20, 40, [21, 30])]);
  expect(parts).toEqual({ lineMs: 30, handshakeMs: 20, waitingMs: 0, hostMs: 50 });
});

test('a silence of line and wire is waiting; one in which the wire moved is not', () => {
  const times = { calls: [[0, 1000]] as const, silences: [[100, 900]] as const };
  expect(timeParts([0, 1000], times, [connection(50, 950, [])])).toEqual({
    lineMs: 100,
    handshakeMs: 100,
    waitingMs: 800,
    hostMs: 0,
  });
  const moved = [connection(50, 950, [150, 240, 330, 420, 510, 600, 690])];
  expect(timeParts([0, 1000], times, moved)).toEqual({
    lineMs: 100,
    handshakeMs: 690,
    waitingMs: 210,
    hostMs: 0,
  });
});

test('a silence between calls is the host at work, and what lies outside is not counted', () => {
  const times = { calls: [[-50, 10]] as const, silences: [[10, 500]] as const };
  expect(timeParts([0, 500], times, [])).toEqual({ lineMs: 10, handshakeMs: 0, waitingMs: 0, hostMs: 490 });
});

test('the parts are the whole, whatever overlaps', () => {
  const random = (seed: number) => () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  for (let seed = 1; seed <= 50; seed++) {
    const next = random(seed);
    const span = (): [number, number] => {
      const from = next() * 2000 - 500;
      return [from, from + next() * 600];
    };
    const spans = () => Array.from({ length: 5 }, span);
    const connections = spans().map(([from, to]) => connection(from, to, [next() * 1000, next() * 1000]));
    const parts = timeParts([0, 1000], { calls: spans(), silences: spans() }, connections);
    expect(Object.values(parts).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(1000, 6);
    for (const ms of Object.values(parts)) expect(ms).toBeGreaterThanOrEqual(0);
  }
});
