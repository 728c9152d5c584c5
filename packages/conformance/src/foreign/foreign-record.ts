import { readResultsFile, writeResultsFile } from '../record/results-file.ts';
import type { ForeignResult } from './foreign-result.ts';
import { FOREIGN_SUITES, type ForeignSuiteName } from './foreign-suite.ts';

/** What a board made of a foreign suite; no times, no ports: two runs of one firmware are equal. */
export interface ForeignRecord {
  readonly schema: string;
  /** The firmware, without what is the device's own. */
  readonly board: Readonly<Record<string, unknown>>;
  /** By id. */
  readonly results: readonly ForeignResult[];
}

/** A case that differs between two records; null where one lacks it. */
export interface ForeignChange {
  readonly id: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * The record of a run. What is the device's own (`url`, `uniqueId`) is left out.
 *
 * @example const record = foreignRecord('bogo', facts.board, results);
 */
export function foreignRecord(
  suite: ForeignSuiteName,
  { url: _url, uniqueId: _uniqueId, ...board }: Readonly<Record<string, unknown>>,
  results: readonly ForeignResult[],
): ForeignRecord {
  const sorted = results.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { schema: FOREIGN_SUITES[suite].schema, board, results: sorted };
}

/**
 * Writes a record whole, a case a line.
 *
 * @example await writeForeignRecord('results/bogo.json', record);
 */
export function writeForeignRecord(path: string, record: ForeignRecord): Promise<void> {
  return writeResultsFile(path, record);
}

/**
 * Reads the record of a foreign suite.
 *
 * @example const { results } = await readForeignRecord('results/bogo.json', 'bogo');
 * @throws ConformanceError `NO_SUCH_FILE`, `NOT_A_RECORD` or `OTHER_SCHEMA` when the suite's command did not write the file.
 */
export function readForeignRecord(path: string, suite: ForeignSuiteName): Promise<ForeignRecord> {
  return readResultsFile(path, FOREIGN_SUITES[suite]);
}

/**
 * Cases whose label or failure changed, appeared or vanished.
 *
 * @example compareForeign(before, after); // [{ id: 'KeyUpdate-ToClient', before: 'passed', after: 'unexplained: EOF' }]
 */
export function compareForeign(before: ForeignRecord, after: ForeignRecord): ForeignChange[] {
  const word = ({ label, observed }: ForeignResult): string => (observed === null ? label : `${label}: ${observed}`);
  const old = new Map(before.results.map((result) => [result.id, word(result)]));
  const now = new Map(after.results.map((result) => [result.id, word(result)]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id) => {
    const change = { id, before: old.get(id) ?? null, after: now.get(id) ?? null };
    return change.before === change.after ? [] : [change];
  });
}
