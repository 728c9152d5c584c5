import { median } from '../median.ts';

/** Below this many readings a slope is an accident. */
const LEAST_READINGS = 8;

/** The median over the slopes of all pairs (Theil and Sen), which readings that are off do not move. */
function medianSlope(readings: readonly number[]): number {
  const slopes = readings.flatMap((value, index) =>
    readings.slice(index + 1).map((later, distance) => (later - value) / (distance + 1)),
  );
  return median(slopes);
}

/**
 * How much a curve rises from one reading to the next: the smaller slope of its two halves. A heap that takes a large piece
 * once rises in one of them, a leak in both.
 *
 * @throws RangeError with fewer than eight readings
 * @example slopeOf([0, 10, 20, 30, 40, 50, 60, 70]) // 10
 */
export function slopeOf(readings: readonly number[]): number {
  if (readings.length < LEAST_READINGS) {
    throw new RangeError(`${readings.length} readings make no slope; take at least ${LEAST_READINGS}`);
  }
  const middle = readings.length >> 1;
  return Math.min(medianSlope(readings.slice(0, middle)), medianSlope(readings.slice(middle)));
}
