import type { SourceFile } from './source-files.ts';

const EXPORTED = /^export (?:async )?(?:abstract )?(?:function\*?|const|let|class) ([A-Za-z_$][\w$]*)/gm;

/**
 * Values that a file of a package exports and no other file names. Types are left out: one that is part of an exported
 * signature is for readers. `sources` are all files of `src`, `users` everything else that may import from them.
 */
export function unusedExports(sources: readonly SourceFile[], users: readonly SourceFile[]): string[] {
  const wordsOf = ({ path, text }: SourceFile) => ({ path, words: new Set(text.match(/[A-Za-z_$][\w$]*/g)) });
  const files = [...sources, ...users].map(wordsOf);
  return sources
    .filter(({ path }) => !path.endsWith('/index.ts'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(EXPORTED)]
        .map(([, name = '']) => name)
        .filter((name) => !files.some((other) => other.path !== path && other.words.has(name)))
        .map((name) => `${path} exports ${name}, and no other file names it; do not export it.`),
    );
}
