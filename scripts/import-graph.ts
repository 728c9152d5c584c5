/** Which files and folders of a package import each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Files, or floors, by their place in `src`. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

const IMPORT = /(?:^|[\s;])(?:from\s*|import\s*\(?\s*)['"](\.{1,2}\/[^'"]+\.ts)['"]/g;

/** The TypeScript files of a `src` folder that are no tests, from that folder. */
export function sourceFiles(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'),
  );
}

/** Which file of a `src` folder imports which other one of it; types, and what is loaded later, too. */
export function importsOf(source: string): Import[] {
  return sourceFiles(source).flatMap((from) =>
    [...readFileSync(join(source, from), 'utf8').matchAll(IMPORT)].map(([, path = '']) => ({
      from,
      to: relative(source, resolve(source, dirname(from), path)),
    })),
  );
}

/** The folder directly in `src`, or the file's name without its extension. */
export function floorOf(file: string): string {
  return file.split('/')[0]?.replace(/\.ts$/, '') ?? file;
}

/** The imports as imports of floors by floors. */
export function betweenFloors(imports: readonly Import[]): Import[] {
  return imports.map(({ from, to }) => ({ from: floorOf(from), to: floorOf(to) }));
}

/** The strongly connected groups of more than one (Tarjan 1972). */
export function circles(imports: readonly Import[]): string[][] {
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
