/** A suite of tests that others wrote, and that a board is held against. */
export interface ForeignSuite {
  readonly title: string;
  readonly schema: string;
  /** The command that writes its records. */
  readonly command: string;
}

/** By which a suite of others is named. */
export type ForeignSuiteName = 'bogo' | 'tlsfuzzer' | 'upstream-tests';

export const FOREIGN_SUITES: Readonly<Record<ForeignSuiteName, ForeignSuite>> = {
  bogo: { title: 'BoGo', schema: 'wirewrap.bogo/1', command: 'wirewrap bogo' },
  tlsfuzzer: { title: 'tlsfuzzer', schema: 'wirewrap.tlsfuzzer/1', command: 'wirewrap tlsfuzzer' },
  'upstream-tests': {
    title: "MicroPython's own tests",
    schema: 'wirewrap.upstream-tests/1',
    command: 'wirewrap upstream-tests',
  },
};
