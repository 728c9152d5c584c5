import { isUint8Array } from 'node:util/types';
import { ReplDriverError } from '../errors.ts';

/** What goes into a file, as bytes (text as UTF-8). Anything else is `BAD_VALUE`, so that no call begins with it. */
export function contentBytes(name: string, content: Uint8Array | string): Uint8Array {
  if (typeof content !== 'string') return onlyBytes(name, content);
  if (content.isWellFormed()) return Buffer.from(content, 'utf8');
  throw badContent(name, 'holds half a surrogate pair, which UTF-8 cannot hold; remove it, or give bytes');
}

/** Bytes alone; anything else is `BAD_VALUE`. */
export function onlyBytes(name: string, content: Uint8Array): Uint8Array {
  if (isUint8Array(content)) return content;
  throw badContent(name, 'is no Uint8Array; make one of it, of an ArrayBuffer by new Uint8Array(buffer)');
}

function badContent(name: string, why: string): ReplDriverError {
  return new ReplDriverError('BAD_VALUE', `The content for ${name} ${why}.`);
}
