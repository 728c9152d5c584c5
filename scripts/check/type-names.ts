import type { SourceFile } from './source-files.ts';

const TYPE = /^export (?:abstract )?(?:interface|type|class) ([A-Z]\w*)/gm;

/** Types that two files export under one name: a reader would have to ask which is meant. Files of one text count once. */
export function ambiguousTypes(sources: readonly SourceFile[]): string[] {
  const distinct = [...new Map(sources.map((file) => [file.text, file])).values()];
  const declared = distinct.flatMap(({ path, text }) =>
    [...text.matchAll(TYPE)].map(([, name = '']) => ({ name, path })),
  );
  return [...Map.groupBy(declared, ({ name }) => name)]
    .filter(([, places]) => places.length > 1)
    .map(
      ([name, places]) =>
        `${places.map(({ path }) => path).join(' and ')} export a type ${name} each; name them apart.`,
    );
}
