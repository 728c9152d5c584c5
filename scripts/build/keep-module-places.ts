import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'rolldown';

const ownUrl = /\bimport\.meta\.url\b/g;
const marked = /new URL\("wirewrap-module:([^"]+)", import\.meta\.url\)\.href/g;

/**
 * Lets a module find its Python program or style sheet by its own URL although several modules share one built file: in each,
 * `import.meta.url` becomes the place where the module alone would be, which is where its assets are copied to.
 */
export function keepModulePlaces(source: string): Plugin {
  return {
    name: 'keep-module-places',
    transform(code, id) {
      const place = relative(source, id);
      if (place.startsWith('..') || !code.includes('import.meta.url')) return null;
      const own = `new URL("wirewrap-module:${place.replace(/\.ts$/, '.js')}", import.meta.url).href`;
      return { code: code.replace(ownUrl, own), map: null };
    },
    renderChunk(code, { fileName }) {
      const folder = dirname(fileName);
      const replaced = code.replace(marked, (_, place: string) => {
        const path = relative(folder, join('.', place));
        return `new URL("${path.startsWith('.') ? path : `./${path}`}", import.meta.url).href`;
      });
      return replaced === code ? null : { code: replaced, map: null };
    },
  };
}
