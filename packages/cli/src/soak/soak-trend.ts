import { median } from '@wirewrap/conformance';
import type { SoakReading, SoakTrend } from './soak-record.ts';

/** What is watched: a curve that rises with the connections is a leak. */
interface Watched {
  readonly name: string;
  readonly unit: 'bytes' | 'sockets';
  /** How much of it is taken. */
  readonly taken: (reading: SoakReading) => number | null;
  /**
   * What may be taken in all before it counts: tables that grow once, buffers of TCP that still wait, pages of a process. A
   * longer soak sees smaller leaks.
   */
  readonly allowance: number;
}

const negative = (value: number | null): number | null => (value === null ? null : -value);

const WATCHED: readonly Watched[] = [
  { name: "Python's heap", unit: 'bytes', taken: ({ freeHeap }) => -freeHeap, allowance: 2_048 },
  { name: 'native heap', unit: 'bytes', taken: ({ freeNative }) => negative(freeNative), allowance: 8_192 },
  { name: 'sockets', unit: 'sockets', taken: ({ socket }) => socket, allowance: 1.5 },
];

/** A process of the virtual board takes memory in pages, and keeps some. */
const PROCESS_ALLOWANCE = 262_144;

/** Below so many readings of one life of the board there is no slope. */
const LEAST_READINGS = 8;

/** Pairs grow with the square: more readings than that are thinned out evenly. */
const MOST_READINGS = 300;

/** How often a normal variable lies within so many standard deviations: 95 %. */
const Z = 1.96;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The readings of the longest time between two resets, without the first, which comes before anything was made. */
function longestLife(readings: readonly SoakReading[]): readonly SoakReading[] {
  const lives = [...Map.groupBy(readings, ({ resets }) => resets).values()];
  const longest = lives.reduce((best, life) => (life.length > best.length ? life : best), lives[0] ?? []);
  return longest.slice(1);
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_READINGS) return points;
  const step = (points.length - 1) / (MOST_READINGS - 1);
  return Array.from({ length: MOST_READINGS }, (_, index) => points[Math.round(index * step)] as Point);
}

/** The slopes of all pairs, in order. */
function slopesOf(points: readonly Point[]): readonly number[] {
  const slopes = points.flatMap((from, index) =>
    points.slice(index + 1).flatMap((to) => (to.x === from.x ? [] : [(to.y - from.y) / (to.x - from.x)])),
  );
  return slopes.sort((a, b) => a - b);
}

function boundsOf(slopes: readonly number[], count: number): { readonly low: number; readonly high: number } {
  const reach = Z * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const at = (index: number): number =>
    slopes[Math.max(0, Math.min(slopes.length - 1, Math.round(index)))] ?? Number.NaN;
  return { low: at((slopes.length - reach) / 2 - 1), high: at((slopes.length + reach) / 2) };
}

/** `virtual` boards tell what their process holds instead of a heap: below nothing. */
const allowanceOf = ({ name, allowance }: Watched, points: readonly Point[]): number =>
  name === 'native heap' && points.some(({ y }) => y > 0) ? PROCESS_ALLOWANCE : allowance;

function trendOf(watched: Watched, readings: readonly SoakReading[]): SoakTrend | null {
  const points = readings.flatMap((reading): Point[] => {
    const y = watched.taken(reading);
    return y === null ? [] : [{ x: reading.connections, y }];
  });
  const connections = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  if (points.length < LEAST_READINGS || connections === 0) return null;
  const chosen = thinned(points);
  const slopes = slopesOf(chosen);
  const { low, high } = boundsOf(slopes, chosen.length);
  const limit = allowanceOf(watched, points) / connections;
  const middle = chosen.length >> 1;
  const halves = [chosen.slice(0, middle), chosen.slice(middle)].map((half) => median(slopesOf(half)));
  const rises = low > limit && halves.every((slope) => slope > limit / 2);
  const verdict = rises ? 'grows' : high <= limit ? 'level' : 'unclear';
  return { name: watched.name, unit: watched.unit, connections, perConnection: median(slopes), low, high, verdict };
}

/**
 * How heaps and sockets moved, each where the board tells it and there are readings enough.
 *
 * @example trendsOf(record.readings).filter(({ verdict }) => verdict === 'grows'); // what leaks
 */
export function trendsOf(readings: readonly SoakReading[]): readonly SoakTrend[] {
  const life = longestLife(readings);
  return WATCHED.map((watched) => trendOf(watched, life)).filter((trend) => trend !== null);
}
