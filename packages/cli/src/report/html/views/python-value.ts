function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A value of the details as Python would print it, near enough for reading. */
export function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (!isObject(value)) return String(value);
  if ('bytes' in value && 'length' in value) {
    const { bytes, text, length } = value;
    const shown =
      typeof text === 'string' ? JSON.stringify(text) : `"${String(bytes).slice(0, 64).replace(/../g, '\\x$&')}"`;
    return `b${shown}${Number(length) > 32 ? ` (${length} bytes)` : ''}`;
  }
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${pythonValue(item)}`)
    .join(', ')}}`;
}
