import { placesOf, type SourceFile } from './source-files.ts';

/** An error that nobody looks at: no name for it, and so no word of it in the debug log. */
const SILENT = [
  /\bcatch\s*\{/g,
  /\.catch\(\s*(?:async\s*)?\(\s*\)\s*=>/g,
  /\.then\([^;]*?,\s*\(\s*\)\s*=>\s*(?:null|undefined|false|''|\[\])/g,
];

const PLAIN = /\bnew Error\(|(?<!new |[.\w])Error\((?=['"`])/g;

/** The one file of a package that may derive its root of errors from `Error`. */
const ERRORS_FILE = /\/src\/(?:errors|tls-lab-error)\.ts$/;

/** Errors that are swallowed without a word: each goes through `ignored` or `instead` of the package, or is looked at. */
export function silentCatches(file: SourceFile): string[] {
  return SILENT.flatMap((pattern) => placesOf(file, pattern)).map(
    (place) => `${place} swallows an error without a word; use ignored() or instead() of the package's debug log.`,
  );
}

/** Errors without a code: what fails here has the package's own class, so that behaviour can depend on its code. */
export function plainErrors(file: SourceFile): string[] {
  const derived = ERRORS_FILE.test(file.path) ? [] : placesOf(file, /\bextends Error\b/g);
  return [...placesOf(file, PLAIN), ...derived].map(
    (place) => `${place} makes a plain Error; use the error class of the package, with a code.`,
  );
}
