/**
 * The floors of a package: its folders in order, of which each may import only those before it. `checkFloors` reads the
 * imports of a package's `src` and names each import that points up, each circle between folders and each circle of files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

interface Import {
  readonly from: string;
  readonly to: string;
}

const IMPORT = /(?:^|[\s;])(?:from\s*|import\s*\(?\s*)['"](\.{1,2}\/[^'"]+\.ts)['"]/g;

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
    ...circles(imports.map(({ from, to }) => ({ from: floorOf(from), to: floorOf(to) }))).map(circleOf('folders')),
    ...circles(imports).map(circleOf('files')),
  ];
}

function sourceFiles(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'),
  );
}

function importsOf(source: string): Import[] {
  return sourceFiles(source).flatMap((from) =>
    [...readFileSync(join(source, from), 'utf8').matchAll(IMPORT)].map(([, path = '']) => ({
      from,
      to: relative(source, resolve(source, dirname(from), path)),
    })),
  );
}

/** The folder directly in `src`, or the file's name without its extension. */
function floorOf(file: string): string {
  return file.split('/')[0]?.replace(/\.ts$/, '') ?? file;
}

function pointsUp({ from, to }: Import, floors: readonly string[]): boolean {
  const [below, above] = [floorOf(from), floorOf(to)];
  if (below === 'index' || below === above) return false;
  return above === 'index' || floors.indexOf(above) > floors.indexOf(below);
}

/** The strongly connected groups of more than one (Tarjan 1972). */
function circles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    if (from !== to) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  const seen = new Map<string, { index: number; low: number; open: boolean }>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (name: string) => {
    const own = { index: seen.size, low: seen.size, open: true };
    seen.set(name, own);
    stack.push(name);
    for (const target of targets.get(name) ?? []) {
      const known = seen.get(target);
      if (!known) own.low = Math.min(own.low, visit(target).low);
      else if (known.open) own.low = Math.min(own.low, known.index);
    }
    if (own.low === own.index) {
      const group = stack.splice(stack.indexOf(name));
      for (const member of group) Object.assign(seen.get(member) ?? {}, { open: false });
      if (group.length > 1) found.push(group.sort());
    }
    return own;
  };
  for (const name of targets.keys()) if (!seen.has(name)) visit(name);
  return found;
}

function circleOf(kind: 'folders' | 'files') {
  return (members: readonly string[]) => `These ${kind} import each other in a circle: ${members.join(', ')}.`;
}
