import { gzipSync } from 'node:zlib';
import { Markup } from './markup.ts';

/**
 * A value inside of the page: JSON, compressed (the details of 800 handshakes are 10 MB, and the same 4 KB again and
 * again), in base64, whose alphabet has nothing that could end an element.
 */
export function embedData(value: unknown): Markup {
  return new Markup(gzipSync(JSON.stringify(value), { level: 9 }).toString('base64'));
}
