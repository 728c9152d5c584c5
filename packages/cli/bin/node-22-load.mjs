import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'rolldown/utils';

/** A module hook that turns TypeScript into what Node 22 runs. Everything else goes its way. */
export function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !/\.m?ts($|\?)/.test(url)) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const options = { lang: 'ts', target: 'node22', helpers: { mode: 'External' }, sourcemap: true };
  const { code, map, errors } = transformSync(path, readFileSync(path, 'utf8'), options);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const inline = map ? `\n//# sourceMappingURL=data:application/json;base64,${toBase64(JSON.stringify(map))}` : '';
  return { format: 'module', source: code + inline, shortCircuit: true };
}

function toBase64(text) {
  return Buffer.from(text, 'utf8').toString('base64');
}
