import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CliError } from '../../errors.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In the order of the cascade. */
const STYLES = [
  'tokens',
  'page',
  'masthead',
  'findings',
  'differences',
  'matrix',
  'sheet',
  'sequence',
  'sequence-list',
  'plots',
  'firmwares',
  'print',
] as const;

/** The page's script as one classic script: modules cannot be loaded from `file://`. An installed package brings it. */
export async function bundleScript(): Promise<string> {
  const bundled = here('browser/page-script.js');
  if (existsSync(bundled)) return await readFile(bundled, 'utf8');
  const { build } = await import('rolldown');
  const { output } = await build({
    input: here('browser/main.ts'),
    write: false,
    logLevel: 'silent',
    output: { format: 'iife', minify: true },
  });
  const code = output.map((part) => (part.type === 'chunk' ? part.code : '')).join('\n');
  if (code.includes('</script') || code.includes('<!--')) {
    throw new CliError(
      'HOST',
      'The report page holds a script that would end its own element: write the text in parts.',
    );
  }
  return code;
}

export async function readStyles(): Promise<string> {
  const sheets = await Promise.all(STYLES.map((name) => readFile(here(`styles/${name}.css`), 'utf8')));
  return sheets.join('\n');
}
