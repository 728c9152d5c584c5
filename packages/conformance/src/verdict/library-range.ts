type Version = readonly [major: number, minor: number, patch: number];

function parts(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

function compare(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function fits(term: string, version: string): boolean {
  const match = /^(>=|<)(\d+\.\d+\.\d+)$/.exec(term);
  if (match === null) throw new RangeError(`${term} is no range of a library's versions; write >=3.3.0 or <3.6.6`);
  const order = compare(version, match[2] ?? '');
  return match[1] === '>=' ? order >= 0 : order < 0;
}

/**
 * Whether a version of the TLS library is in one of these ranges; the terms of a range must all hold.
 * @example isInRanges('3.6.6', ['<3.6.7', '>=4.0.0 <4.1.1']) // true
 * @throws RangeError for a range that is written in another way
 */
export function isInRanges(version: string, ranges: readonly string[]): boolean {
  return ranges.some((range) => range.split(' ').every((term) => fits(term, version)));
}
