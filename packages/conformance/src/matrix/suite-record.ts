import { FOREIGN_SUITES } from '../foreign/foreign-suite.ts';
import { CORPUS_SCHEMA } from '../record/results-file.ts';

/** The record of a suite of others, whichever: its cases have a label each. */
export interface SuiteRecord {
  readonly schema: string;
  readonly board: Readonly<Record<string, unknown>>;
  /** Of which corpus, where it is one. */
  readonly corpus?: { readonly name: string };
  readonly results: readonly SuiteCase[];
}

interface SuiteCase {
  readonly id: string;
  readonly label: string;
  /** What was seen of a failure. */
  readonly observed?: string | null;
  /** Why it failed as expected, or was not given to the board. */
  readonly reason?: string | null;
}

const SCHEMAS: readonly string[] = [CORPUS_SCHEMA, ...Object.values(FOREIGN_SUITES).map(({ schema }) => schema)];

/** Whether a parsed file is the record of `wirewrap bogo`, `tlsfuzzer`, `upstream-tests` or `corpus`. */
export function isSuiteRecord(value: unknown): value is SuiteRecord {
  const { schema, board, results } = (value ?? {}) as Partial<SuiteRecord>;
  return (
    SCHEMAS.includes(schema ?? '') &&
    board !== null &&
    typeof board === 'object' &&
    Array.isArray(results) &&
    results.every((each) => typeof each?.id === 'string' && typeof each.label === 'string')
  );
}

/** By which records belong side by side, as it is shown. */
export function suiteTitle({ schema, corpus }: SuiteRecord): string {
  const suite = Object.values(FOREIGN_SUITES).find((each) => each.schema === schema);
  return suite?.title ?? corpus?.name ?? schema;
}
