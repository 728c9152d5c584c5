import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { asBytes } from '../python/encode.ts';

/** What a file is to hold: bytes, or a text that is written as UTF-8. */
export type FileContent = Uint8Array | string;

/** The bytes of a file; `BAD_VALUE` where they would not be what the caller has. `what` is reported in the message. */
export function contentOf(content: unknown, what: string): Uint8Array {
  if (typeof content !== 'string') return bytesOf(content, what);
  if (content.isWellFormed()) return Buffer.from(content, 'utf8');
  throw noContent(what, 'a string with half a surrogate pair');
}

/** The same where a text is not meant. */
export function bytesOf(content: unknown, what: string): Uint8Array {
  const bytes = typeof content === 'object' && content !== null ? asBytes(content) : null;
  if (bytes) return bytes;
  throw noContent(what, kindOf(content));
}

function noContent(what: string, got: string): ReplDriverError {
  return new ReplDriverError('BAD_VALUE', `${what} cannot be ${got}; give bytes as a Uint8Array.`);
}
