import { gzipSync } from 'node:zlib';
import { Markup } from './markup.ts';
import { pack } from './packed.ts';

/**
 * A value inside of the page: JSON, packed and compressed, in base64, whose alphabet has nothing that could end an element.
 */
export function embedData(value: unknown): Markup {
  return new Markup(gzipSync(JSON.stringify(pack(value)), { level: 9 }).toString('base64'));
}
