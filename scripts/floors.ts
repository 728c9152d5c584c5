/**
 * The floors of a package: its folders in order, of which each may import only those before it. `checkFloors` reads the
 * imports of a package's `src` and names each import that points up, each circle between folders and each circle of files.
 */
import { join } from 'node:path';
import { betweenFloors, circles, floorOf, type Import, importsOf, sourceFiles } from './import-graph.ts';

/**
 * What breaks the floors of a package, a sentence each; an empty list when nothing does.
 *
 * @param packageFolder the folder that holds `src`
 * @param floors folders, and files without their extension, directly in `src`, lowest first. `index.ts` is above all of
 *   them and need not be named. Tests are not looked at.
 * @example expect(checkFloors(new URL('..', import.meta.url).pathname, ['errors', 'time', 'board'])).toEqual([]);
 */
export function checkFloors(packageFolder: string, floors: readonly string[]): string[] {
  const source = join(packageFolder, 'src');
  const imports = importsOf(source);
  const named = new Set(floors);
  const present = new Set(sourceFiles(source).map(floorOf));
  present.delete('index');
  return [
    ...[...present].filter((floor) => !named.has(floor)).map((floor) => `${floor} is on no floor; add it to the list.`),
    ...floors
      .filter((floor) => !present.has(floor))
      .map((floor) => `The floor ${floor} is neither a folder nor a file.`),
    ...imports
      .filter((each) => pointsUp(each, floors))
      .map(({ from, to }) => `${from} imports ${to}, which is above it.`),
    ...circles(betweenFloors(imports)).map(circleOf('folders')),
    ...circles(imports).map(circleOf('files')),
  ];
}

function pointsUp({ from, to }: Import, floors: readonly string[]): boolean {
  const [below, above] = [floorOf(from), floorOf(to)];
  if (below === 'index' || below === above) return false;
  return above === 'index' || floors.indexOf(above) > floors.indexOf(below);
}

function circleOf(kind: 'folders' | 'files') {
  return (members: readonly string[]) => `These ${kind} import each other in a circle: ${members.join(', ')}.`;
}
