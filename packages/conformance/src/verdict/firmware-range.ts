function parts(version: string): [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

function compare(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  return left[0] - right[0] || left[1] - right[1];
}

/** Whether a statement about `>=1.20 <1.29` speaks of this version. `*` speaks of all. */
export function speaksOf(range: string, version: string): boolean {
  if (range === '*') return true;
  return range.split(/\s+/).every((term) => {
    const match = /^(>=|<=|<|>)(\d+\.\d+)$/.exec(term);
    if (match === null) throw new RangeError(`${term} is no range of versions; write >=1.20 or <1.29`);
    const order = compare(version, match[2] ?? '');
    return { '>=': order >= 0, '<=': order <= 0, '<': order < 0, '>': order > 0 }[match[1] as '>=' | '<=' | '<' | '>'];
  });
}
