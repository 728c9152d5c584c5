/**
 * The suites in the order in which they run: what needs no network first, what may crash the board last. Each has a file of
 * its name in `suites/`. Apart from the cases, so that vitest's configuration can read it without loading them.
 */
export const SUITE_NAMES = [
  'book',
  'module',
  'validation',
  'trust',
  'negotiation',
  'handshake',
  'stream',
  'server',
  'fault',
  'memory',
  'crash',
] as const;

/** A suite of cases, by the name of its file. */
export type SuiteName = (typeof SUITE_NAMES)[number];

/** Suites that run only where `--suite` names them: they take minutes, or load the board on purpose (docs/siege.md). */
export const SIEGE_SUITE_NAMES = [
  'cve',
  'exhaustion',
  'timeouts',
  'peergone',
  'newest',
  'webpki',
  'libraries',
  'serverfaults',
  'fields',
] as const;

/** A suite that runs only where `--suite` names it. */
export type SiegeSuiteName = (typeof SIEGE_SUITE_NAMES)[number];

/** A suite of a whole run, or one that runs only where it is named. */
export type AnySuiteName = SuiteName | SiegeSuiteName;

/** Every suite, those of a whole run first. */
export const ALL_SUITE_NAMES: readonly AnySuiteName[] = [...SUITE_NAMES, ...SIEGE_SUITE_NAMES];

/**
 * Whether a suite runs only where `--suite` names it.
 *
 * @example isSiegeSuite('webpki'); // true
 */
export function isSiegeSuite(name: AnySuiteName): name is SiegeSuiteName {
  return (SIEGE_SUITE_NAMES as readonly string[]).includes(name);
}

/**
 * The suite that a test file holds, `…/conformance/suites/trust.test.ts`; null of any other file.
 *
 * @example suiteOfFile('/project/suites/trust.test.ts'); // 'trust'
 */
export function suiteOfFile(path: string): AnySuiteName | null {
  const name = /[\\/]suites[\\/]([a-z]+)\.test\.[jt]s$/.exec(path)?.[1];
  return ALL_SUITE_NAMES.find((suite) => suite === name) ?? null;
}
