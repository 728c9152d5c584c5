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

export type SuiteName = (typeof SUITE_NAMES)[number];

/** The suite that a test file holds, `…/conformance/suites/trust.test.ts`; null of any other file. */
export function suiteOfFile(path: string): SuiteName | null {
  const name = /[\\/]suites[\\/]([a-z]+)\.test\.[jt]s$/.exec(path)?.[1];
  return SUITE_NAMES.find((suite) => suite === name) ?? null;
}
