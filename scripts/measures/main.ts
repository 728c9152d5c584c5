/**
 * `pnpm measures [CHECKOUT] [--json FILE]`: how each package is built, as a Markdown table: files, lines, the lengths of its
 * functions, circles of floors and of files, exports that nobody uses. CHECKOUT is another folder with `packages` to compare
 * with, such as one of an older commit.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryFiles } from '../check/source-files.ts';
import { readOptions, runScript, UsageError } from '../options.ts';
import { writeJson } from '../write-json.ts';
import { measurePackage, type PackageMeasures } from './measure-package.ts';

const COLUMNS = [
  'package',
  'files',
  'lines',
  'functions',
  'median',
  'p90',
  'max',
  'knotted floors',
  'file circles',
  'unused exports',
];

await runScript('measures', async () => {
  const options = await readOptions(process.argv.slice(2), { json: { kind: 'output' } }, { positionals: true });
  const [typed, ...more] = options.positionals;
  if (more.length > 0) throw new UsageError(`'${more[0]}' is one too many; name one checkout.`);
  const repository = typed === undefined ? fileURLToPath(new URL('../..', import.meta.url)) : resolve(typed);
  const measures = measureAll(repository);
  console.log([row(COLUMNS), row(COLUMNS.map(() => '---')), ...measures.map(rowOf)].join('\n'));
  await writeJson(options.text('json'), measures);
});

function measureAll(repository: string): PackageMeasures[] {
  const folder = join(repository, 'packages');
  if (!existsSync(folder)) throw new UsageError(`${repository} holds no folder 'packages'; name a checkout.`);
  const files = repositoryFiles(repository);
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'src')))
    .sort()
    .map((name) => measurePackage(repository, name, files));
}

function rowOf(one: PackageMeasures): string {
  return row(Object.values(one).map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
