// Loaded with --import: writes the path of each module, ESM or CommonJS, that the process loaded to the file LOADED_MODULES.
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const paths = new Set();

registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) paths.add(fileURLToPath(url));
    return nextLoad(url, context);
  },
});

process.on('exit', () => writeFileSync(process.env.LOADED_MODULES, JSON.stringify([...paths])));
