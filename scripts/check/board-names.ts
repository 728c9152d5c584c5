import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placesOf, type SourceFile } from './source-files.ts';

/** A function of one of our programs on the board; all of them live in the board's own `__main__`. */
const DEFINITION = /(?<=\bdef )_ww\w*(?=\()/g;

/** The Python programs of the packages' `src`. */
export function boardPrograms(repository: string): SourceFile[] {
  const packages = readdirSync(join(repository, 'packages')).map((name) => `packages/${name}/src`);
  return packages.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.py'))
      .map((file) => ({ path: `${folder}/${file}`, text: readFileSync(join(repository, folder, file), 'utf8') })),
  );
}

/** Functions that two programs call the same: the one that was sent last would take the place of the other without a word. */
export function sharedBoardNames(files: readonly SourceFile[]): string[] {
  const given = files.flatMap((file) => {
    const names = file.text.match(DEFINITION) ?? [];
    return placesOf(file, DEFINITION).map((place, index) => ({ name: names[index] ?? '', place }));
  });
  return [...Map.groupBy(given, ({ name }) => name)]
    .filter(([, places]) => places.length > 1)
    .map(
      ([name, places]) =>
        `${places.map(({ place }) => place).join(' and ')} both define ${name} on the board; give one of them another name.`,
    );
}
