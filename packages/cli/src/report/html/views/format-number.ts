/** A measured value with its unit: `412 ms`, `1.2 s`, `23.4 KB`. */
export function formatMeasured(value: number, unit: string): string {
  if (unit === 'ms') return Math.abs(value) >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${round(value)} ms`;
  if (unit === 'bytes') return Math.abs(value) >= 10_000 ? `${(value / 1024).toFixed(1)} KB` : `${round(value)} B`;
  return round(value);
}

function round(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

/** A scale from 0 (or a negative lowest value) to a round number at or above the highest. */
export function niceScale(values: readonly number[]): { readonly low: number; readonly high: number } {
  const highest = Math.max(...values, 0);
  const low = Math.min(...values, 0);
  const step = 10 ** Math.floor(Math.log10(Math.max(highest, 1)));
  const high = [1, 2, 3, 4, 5, 6, 8, 10].map((factor) => factor * step).find((bound) => bound >= highest) ?? highest;
  if (low < 0) return { low: -niceScale([-low]).high, high: highest === 0 ? 0 : high };
  return { low: 0, high };
}
