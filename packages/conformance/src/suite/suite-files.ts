import { fileURLToPath } from 'node:url';
import { ALL_SUITE_NAMES, type AnySuiteName } from '../cases/suite-names.ts';

/** The files lie beside `src` in the repository, and within `dist` in the package. */
const built = import.meta.url.endsWith('.js');

/** The folder of the suites' test files; nothing else is in it. */
export const suitesFolder: string = fileURLToPath(new URL(built ? '../suites' : '../../suites', import.meta.url));

/**
 * The path of a suite's test file, for who has vitest run it.
 *
 * @example suiteFile('book') // '/project/node_modules/@wirewrap/conformance/dist/suites/book.test.js'
 */
export function suiteFile(name: AnySuiteName): string {
  return `${suitesFolder}/${name}.test.${built ? 'js' : 'ts'}`;
}

/**
 * The paths of all suites, in the order in which they run; those of a siege last.
 *
 * @example const trust = suiteFiles().find((path) => suiteOfFile(path) === 'trust');
 */
export function suiteFiles(): string[] {
  return ALL_SUITE_NAMES.map(suiteFile);
}
