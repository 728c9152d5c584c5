import { median } from '../median.ts';
import type { Measurement } from '../run-record.ts';
import type { MeasurementChange } from './comparison.ts';

/**
 * The least median shift that is reported. A busy host delays a handshake by some 10 ms, which is a multiple of the 5 ms that
 * one takes on the virtual board, and nothing beside the 300 to 2900 ms that it takes on an ESP32. A connection keeps 64 to
 * 160 bytes of the collected heap, the same in each run.
 */
const NOTICEABLE: Readonly<Record<Measurement['unit'], number>> = { ms: 20, bytes: 64, count: 0 };

/** Load makes most cases slower, but leaves some alone: what became slower is slower in its quickest tenth too. */
const QUICK = 0.1;

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}

/** Two-sided upper tail of the standard normal (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function twoSided(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(1, 2 * tail * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)));
}

/** Wilcoxon signed-rank over paired differences; ties share their mean rank, zeros are dropped. */
export function signedRankP(differences: readonly number[]): number {
  const nonZero = differences.filter((difference) => difference !== 0);
  const n = nonZero.length;
  if (n < 6) return 1;
  const bySize = [...nonZero].sort((a, b) => Math.abs(a) - Math.abs(b));
  let positive = 0;
  let tieTerm = 0;
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && Math.abs(bySize[to] ?? 0) === Math.abs(bySize[from] ?? 0)) to += 1;
    const rank = (from + 1 + to) / 2;
    tieTerm += (to - from) ** 3 - (to - from);
    for (let i = from; i < to; i += 1) if ((bySize[i] ?? 0) > 0) positive += rank;
    from = to;
  }
  const mean = (n * (n + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieTerm / 48;
  return variance <= 0 ? 1 : twoSided((positive - mean) / Math.sqrt(variance));
}

/**
 * Measurements of two runs, paired by case: a name is reported when its median ratio leaves the tolerance, so does the
 * ratio of the quickest tenth, in the same direction, the median shift is noticeable in itself, and the shift is
 * systematic (p below 0.01). One slow case is no news, and neither is a whole run on a busy machine.
 */
export function compareMeasurements(
  before: readonly Measurement[],
  after: readonly Measurement[],
  tolerance: number,
): MeasurementChange[] {
  const key = (item: Measurement): string => `${item.name}\n${item.case}`;
  const old = new Map(before.map((item) => [key(item), item]));
  const pairs = Map.groupBy(
    after.flatMap((item) => {
      const was = old.get(key(item));
      return was === undefined ? [] : [{ was, now: item }];
    }),
    ({ now }) => now.name,
  );
  return [...pairs].flatMap(([name, list]) => {
    const change = fromNothing(list) ? leftBehind(list) : moved(list, tolerance);
    return change === null ? [] : [{ name, unit: list[0]?.now.unit ?? 'count', cases: list.length, ...change }];
  });
}

interface Pair {
  readonly was: Measurement;
  readonly now: Measurement;
}

type Change = Pick<MeasurementChange, 'ratio' | 'shift' | 'p'>;

const shiftOf = (list: readonly Pair[]): number => median(list.map(({ was, now }) => now.value - was.value));

/** Where most cases had nothing before there is no ratio: 120 bytes a connection are no multiple of 0. */
function fromNothing(list: readonly Pair[]): boolean {
  return list[0]?.now.unit !== 'ms' && median(list.map(({ was }) => was.value)) <= 0;
}

function leftBehind(list: readonly Pair[]): Change | null {
  const shift = shiftOf(list);
  const p = signedRankP(list.map(({ was, now }) => now.value - was.value));
  const noticeable = shift !== 0 && Math.abs(shift) >= NOTICEABLE[list[0]?.now.unit ?? 'count'];
  return noticeable && p < 0.01 ? { ratio: null, shift, p } : null;
}

function moved(all: readonly Pair[], tolerance: number): Change | null {
  const list = all.filter(({ was, now }) => was.value > 0 && now.value > 0);
  const ratio = median(list.map(({ was, now }) => now.value / was.value));
  const shift = shiftOf(list);
  const [quickBefore, quickAfter] = (['was', 'now'] as const).map((run) => list.map((pair) => pair[run].value));
  const quick = quantile(quickAfter ?? [], QUICK) / quantile(quickBefore ?? [], QUICK);
  const p = signedRankP(list.map(({ was, now }) => Math.log(now.value / was.value)));
  const more = Math.min(ratio, quick) > 1 + tolerance;
  const less = Math.max(ratio, quick) < 1 / (1 + tolerance);
  if (!(more || less) || Math.abs(shift) < NOTICEABLE[list[0]?.now.unit ?? 'count'] || p >= 0.01) return null;
  return { ratio, shift, p };
}
