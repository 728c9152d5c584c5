/**
 * The middle value; of an even number the mean of the two in the middle. NaN of none.
 *
 * @example median([3, 1, 4, 1]); // 2
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}
