import type { Measurement } from '../run-record.ts';

export interface MeasurementChange {
  readonly name: string;
  readonly unit: string;
  /** Cases that both runs measured. */
  readonly cases: number;
  /** Median over the cases of after / before. */
  readonly ratio: number;
  /** Probability of a shift like this by chance (two-sided Wilcoxon signed-rank test, normal approximation). */
  readonly p: number;
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
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
 * Measurements of two runs, paired by case: a name is reported when its median ratio leaves the tolerance and the
 * shift is systematic (p below 0.01), so that one slow case on a busy machine is no news.
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
      return was === undefined || was.value <= 0 || item.value <= 0 ? [] : [{ was, now: item }];
    }),
    ({ now }) => now.name,
  );
  return [...pairs].flatMap(([name, list]) => {
    const ratio = median(list.map(({ was, now }) => now.value / was.value).sort((a, b) => a - b));
    const p = signedRankP(list.map(({ was, now }) => Math.log(now.value / was.value)));
    const moved = ratio > 1 + tolerance || ratio < 1 / (1 + tolerance);
    return moved && p < 0.01 ? [{ name, unit: list[0]?.now.unit ?? '', cases: list.length, ratio, p }] : [];
  });
}
