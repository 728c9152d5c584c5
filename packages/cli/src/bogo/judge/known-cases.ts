import { readFileSync } from 'node:fs';
import { type Abilities, type KnownCase, rowsFor } from '../../foreign/known-case.ts';

/** What is known of BoGo's cases on MicroPython: data, in bogo.json. */
export interface KnownCases {
  /** Not run: they cost a time-out each, or ask for what no board has. */
  readonly disabled: readonly KnownCase[];
  /** Run, and known to fail. */
  readonly expected: readonly KnownCase[];
}

export const knownCases: KnownCases = JSON.parse(readFileSync(new URL('./bogo.json', import.meta.url), 'utf8'));

/** Globs of the cases that a firmware is not given, with the reason. */
export function disabledFor(rows: readonly KnownCase[], can: Abilities): Readonly<Record<string, string>> {
  return Object.fromEntries(rowsFor(rows, can).flatMap(({ cases, reason }) => cases.map((glob) => [glob, reason])));
}
