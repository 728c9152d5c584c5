/** `b'ping\\n'` for readable bytes, `hex:00ff…` for others. */
function bytesText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return /^[\x20-\x7e\r\n]*$/.test(text)
    ? `b'${JSON.stringify(text).slice(1, -1)}'`
    : `hex:${Buffer.from(bytes).toString('hex')}`;
}

/** The value as plain JSON with sorted keys, bytes as text, and nothing undefined: equal behaviour gives equal text. */
export function canonicalValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array) return bytesText(value);
  if (Array.isArray(value)) return value.map(canonicalValue);
  if (value instanceof Map) return canonicalValue(Object.fromEntries(value));
  if (value instanceof Set) return [...value].map(canonicalValue);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [key, canonicalValue(item)]));
  }
  return value;
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonicalValue(value));
}
