/**
 * What `pnpm check` looks for that TypeScript and Biome do not: errors swallowed or without a code, clocks and
 * randomness that are not handed in, constants in the wrong
 * case, two types of one name, exports that nobody uses, the board's Python and its names.
 */
import { fileURLToPath } from 'node:url';
import { boardPrograms, sharedBoardNames } from './board-names.ts';
import { misspeltConstants } from './constants.ts';
import { differingCopies } from './copies.ts';
import { plainErrors, silentCatches } from './errors.ts';
import { lintPython } from './lint-python.ts';
import { reachedClocks } from './reaches.ts';
import { repositoryFiles } from './source-files.ts';
import { ambiguousTypes } from './type-names.ts';
import { unusedExports } from './unused-exports.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const { sources, others } = repositoryFiles(repository);
const problems = [
  ...sources.flatMap(silentCatches),
  ...sources.flatMap(plainErrors),
  ...sources.flatMap(reachedClocks),
  ...sources.flatMap(misspeltConstants),
  ...differingCopies(repository),
  ...ambiguousTypes(sources),
  ...unusedExports(sources, others),
  ...lintPython(repository),
  ...sharedBoardNames([...sources, ...boardPrograms(repository)]),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
