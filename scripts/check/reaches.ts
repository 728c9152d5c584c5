import { placesOf, type SourceFile } from './source-files.ts';

/** The host's clocks and its sources of randomness, asked. */
const ASKED =
  /\b(?:Date\.now\(\)|new Date\(\)|performance\.now\(\)|process\.hrtime\b|Math\.random\(\)|(?:randomBytes|randomInt|randomUUID|getRandomValues)\()/g;

/** A default of a parameter or of an option: whoever calls may hand in another. */
const AS_DEFAULT =
  /^(?!\s*(?:(?:export )?(?:const|let|var)\b|readonly|static|#|this\.)).*[\w}?>)\]] = (?:\([^)]*\)(?:: \w+)? => [^;{]*)?$/;

/** Where the host's own is taken, and handed on from there. */
const EDGES: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /^packages\/repl-driver\/src\/time\/(?:host-)?clock\.ts$/, why: 'is the clock of the host' },
  { path: /^packages\/virtual-board\/src\/line\/(?:precise-)?clock\.ts$/, why: 'is the clock of the host' },
  { path: /^packages\/cli\/src\/commands\//, why: 'a command is where a run begins' },
  { path: /^packages\/matchers\/src\/fixtures\//, why: 'vitest makes fixtures, and has no place to hand in a clock' },
  {
    path: /\/(?:write-whole|write-aside|keep-record|failure-folder)\.ts$/,
    why: 'a temporary name: it is gone when the file is whole',
  },
];

/**
 * Where a source asks the host for the time or for random bytes itself: what it does cannot be repeated, and a test cannot hold
 * the clock still. A default of a parameter may (`now = () => performance.now()`), and so may the edges named here.
 */
export function reachedClocks(file: SourceFile): string[] {
  if (EDGES.some(({ path }) => path.test(file.path))) return [];
  const lines = file.text.split('\n');
  return placesOf(file, ASKED)
    .filter((place) => {
      const line = lines[Number(place.split(':').at(-1)) - 1] ?? '';
      return !/^\s*(?:\/?\*|\/\/)/.test(line) && !isDefault(line);
    })
    .map(
      (place) => `${place} asks the host's clock or randomness itself; let it be handed in, with this as the default.`,
    );
}

function isDefault(line: string): boolean {
  return line
    .split(ASKED)
    .slice(0, -1)
    .every((before) => AS_DEFAULT.test(before));
}
