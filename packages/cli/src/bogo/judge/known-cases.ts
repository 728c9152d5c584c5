import { readFileSync } from 'node:fs';
import type { KnownCase } from '../../foreign/known-case.ts';

/** Cases of BoGo of which something is known. */
interface BogoCase extends KnownCase {
  /** What a firmware that this row does not concern can do. */
  readonly unless?: 'tls13';
}

type Abilities = Readonly<Record<NonNullable<BogoCase['unless']>, boolean>>;

/** What is known of BoGo's cases on MicroPython: data, in bogo.json. */
export interface KnownCases {
  /** Not run: they cost a time-out each, or ask for what no board has. */
  readonly disabled: readonly BogoCase[];
  /** Run, and known to fail. */
  readonly expected: readonly BogoCase[];
}

export const knownCases: KnownCases = JSON.parse(readFileSync(new URL('./bogo.json', import.meta.url), 'utf8'));

/** The rows that concern a firmware. */
export function rowsFor(rows: readonly BogoCase[], can: Abilities): BogoCase[] {
  return rows.filter(({ unless }) => unless === undefined || !can[unless]);
}

/** Globs of the cases that a firmware is not given, with the reason. */
export function disabledFor(rows: readonly BogoCase[], can: Abilities): Readonly<Record<string, string>> {
  return Object.fromEntries(rowsFor(rows, can).flatMap(({ cases, reason }) => cases.map((glob) => [glob, reason])));
}
