import { canonicalValue } from '../observation/canonical-json.ts';
import { withoutSecrets } from './secrets.ts';

/** Bytes that are kept of one value. */
const BYTES_LIMIT = 512;

export interface PlainBytes {
  /** Hex of the first 512 bytes. */
  readonly bytes: string;
  readonly length: number;
  /** The same as text, where it is printable. */
  readonly text?: string;
}

function plainBytes(value: Uint8Array): PlainBytes {
  const kept = Buffer.from(value.subarray(0, BYTES_LIMIT));
  const text = kept.toString('latin1');
  const printable = kept.length > 0 && /^[\t\n\r\x20-\x7e]*$/.test(text);
  const clean = withoutSecrets(text);
  if (clean !== text) return { bytes: '', length: value.length, text: clean };
  return { bytes: kept.toString('hex'), length: value.length, ...(printable ? { text } : {}) };
}

/** A Python value as JSON that a person can read. */
export function plainValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return plainBytes(value);
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Set) return [...value].map(plainValue);
  if (value instanceof Map) return [...value].map(([key, item]) => [plainValue(key), plainValue(item)]);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]));
  }
  return canonicalValue(value);
}
