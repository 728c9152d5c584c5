import type { Span } from '@wirewrap/boards';

/** The same time as spans that neither touch nor overlap, in order. */
export function merged(spans: readonly Span[]): Span[] {
  const result: [number, number][] = [];
  for (const [from, to] of spans.filter(([from, to]) => to > from).toSorted(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last === undefined || from > last[1]) result.push([from, to]);
    else last[1] = Math.max(last[1], to);
  }
  return result;
}

/** What two have in common; both merged. */
export function common(spans: readonly Span[], others: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (let i = 0, j = 0; i < spans.length && j < others.length; ) {
    const [[a, b], [c, d]] = [spans[i] as Span, others[j] as Span];
    if (Math.min(b, d) > Math.max(a, c)) result.push([Math.max(a, c), Math.min(b, d)]);
    if (b < d) i += 1;
    else j += 1;
  }
  return result;
}

/** The first without what it has in common with the second; both merged. */
export function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  const ends = [Number.NEGATIVE_INFINITY, ...others.flat(), Number.POSITIVE_INFINITY];
  const gaps = Array.from(
    { length: ends.length / 2 },
    (_, i): Span => [ends[2 * i] as number, ends[2 * i + 1] as number],
  );
  return common(spans, gaps);
}

/** Milliseconds of merged spans. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}
