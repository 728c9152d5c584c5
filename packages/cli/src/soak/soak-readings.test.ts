import type { BoardLevel } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { soakPage } from './soak-page.ts';
import { READINGS_KEPT } from './soak-readings.ts';
import type { SoakRecord } from './soak-record.ts';
import { SoakTally } from './soak-tally.ts';

const INTERVAL_MS = 30_000;
const HELD = 8_000_000;

interface Long {
  readonly days: number;
  /** What one reading finds, by its number. */
  readonly level?: (number: number) => Partial<BoardLevel>;
  readonly resetsEach?: number;
}

/** A soak of days as its tally takes it down, two connections between each two readings; nothing waits. */
function soakOf({ days, level = () => ({}), resetsEach = Number.POSITIVE_INFINITY }: Long): SoakRecord {
  let nowMs = 0;
  const clock = { now: () => nowMs, date: () => new Date('2026-11-29T12:00:00Z') };
  const tally = new SoakTally({ board: { url: 'virtual' }, askedMs: days * 86_400_000 }, clock as never);
  for (let number = 1; number <= (days * 86_400_000) / INTERVAL_MS; number += 1) {
    nowMs = number * INTERVAL_MS;
    if (number % resetsEach === 0) tally.reset('watchdog');
    tally.failed('client', 'refused');
    tally.failed('server', 'refused');
    const usual = { collected: 100_000, native: -HELD, largest: null, socket: 8 };
    tally.reading({ ...usual, ...level(number) } as BoardLevel);
  }
  return tally.record('complete');
}

/** A heap that is read a little higher or lower each time, always the same way. */
const wobble = (number: number): number => ((number * 7919) % 13) * 32;

test('a record stays bounded, however long the soak and however often the board resets', () => {
  const [short, long] = [1, 14].map((days) => JSON.stringify(soakOf({ days, resetsEach: 3 })).length);
  expect(long).toBeLessThan(1_000_000);
  expect(long).toBeLessThan((short ?? 0) * 2);
});

test('readings are evenly spread over the whole soak, the newest last', () => {
  const { readings, tookMs } = soakOf({ days: 7 });
  expect(readings.length).toBeGreaterThanOrEqual(READINGS_KEPT / 2);
  expect(readings.length).toBeLessThanOrEqual(READINGS_KEPT);
  expect(readings.at(-1)?.atMs).toBe(tookMs);
  const steps = readings.slice(1, -1).map(({ atMs }, index) => atMs - (readings[index]?.atMs ?? 0));
  expect(new Set(steps).size).toBe(1);
});

test('nothing that was counted is lost', () => {
  const { readings, connections } = soakOf({ days: 3 });
  const asked = readings.reduce((sum, { pace }) => sum + (pace.client?.connections ?? 0), 0);
  expect(asked).toBe(connections.client.done);
  expect(readings.reduce((sum, { standsFor = 1 }) => sum + standsFor, 0)).toBe((3 * 86_400_000) / INTERVAL_MS);
});

test('one dip of the heap a week ago is still in the plot', async () => {
  const record = soakOf({
    days: 7,
    level: (number) => (number === 4321 ? { collected: 1_234, native: -HELD * 3, socket: 77 } : {}),
  });
  expect(Math.min(...record.readings.map(({ worst }) => worst?.freeHeap ?? Number.NaN))).toBe(1_234);
  expect(Math.max(...record.readings.map(({ worst }) => worst?.socket ?? Number.NaN))).toBe(77);
  const page = await soakPage(record);
  // Not the page itself, which would be printed whole.
  const shown = [/lowest 1,234 B, at reading/, /highest 77, at reading/, /Each point stands for up to \d+ readings/];
  expect(shown.filter((text) => !text.test(page))).toEqual([]);
});

test('the slope of a long soak is that of what was read, not of the worst', () => {
  const leaking = soakOf({ days: 7, level: (number) => ({ collected: 100_000 - number + wobble(number) }) });
  const trend = leaking.trends.find(({ name }) => name === "Python's heap");
  expect(trend?.verdict).toBe('grows');
  expect(trend?.perConnection).toBeCloseTo(0.5, 1);
  const level = soakOf({ days: 7, level: (number) => ({ collected: 100_000 + wobble(number) }) });
  expect(level.trends.find(({ name }) => name === "Python's heap")).toMatchObject({ verdict: 'level' });
});
