import type { ForeignChange, ForeignRecord, ForeignResult, ForeignSuiteName } from '@wirewrap/conformance';
import { tellUnwritable } from '../unwritable.ts';
import { globMatches } from './glob.ts';

/** The globs of `--case`, and whether they ask a case; without globs every case is asked. */
export interface AskedByGlob {
  readonly globs: readonly string[];
  readonly asked: (item: { readonly id: string }) => boolean;
}

export function askedByGlob(typed: unknown): AskedByGlob {
  const globs = Array.isArray(typed) ? typed.map(String) : [];
  return { globs, asked: ({ id }) => globs.length === 0 || globs.some((glob) => globMatches(glob, id)) };
}

/** A run of a foreign suite that came to its end. */
export interface ForeignRun {
  readonly suite: ForeignSuiteName;
  readonly board: Readonly<Record<string, unknown>>;
  readonly results: readonly ForeignResult[];
  /** Where the record goes. */
  readonly output: string;
  /** What it is compared with; null: nothing. */
  readonly reviewed: ForeignRecord | null;
  readonly asked: AskedByGlob['asked'];
}

/** What is told of it. */
export interface KeptForeignRun {
  /** As `--json` prints it: with `changes` where there is something to compare with. */
  readonly document: ForeignRecord & { readonly changes?: readonly ForeignChange[] };
  readonly text: string;
  /** What changed, a line each; empty where nothing did. */
  readonly changes: string;
  readonly exitCode: 0 | 1;
}

/** Writes the record whole, and compares it with what was asked of the reviewed one. */
export async function keepForeignRun(run: ForeignRun): Promise<KeptForeignRun> {
  const { suite, board, results, output, reviewed, asked } = run;
  const { compareForeign, foreignRecord, formatForeignRecord, writeForeignRecord } = await import(
    '@wirewrap/conformance'
  );
  const record = foreignRecord(suite, board, results);
  await tellUnwritable(output, writeForeignRecord(output, record));
  const before = reviewed && { ...reviewed, results: reviewed.results.filter(asked) };
  const changes = before === null ? [] : compareForeign(before, record);
  const isRed = changes.length > 0 || results.some(({ label }) => label === 'unexplained' || label === 'lost');
  return {
    document: before === null ? record : { ...record, changes },
    text: formatForeignRecord(record),
    changes: changes.map((one) => `changed  ${one.id}: ${one.before ?? '-'} -> ${one.after ?? '-'}\n`).join(''),
    exitCode: isRed ? 1 : 0,
  };
}

/** Where a run tells what goes on. */
interface Line {
  show(text: string): void;
  write(text: string): void;
}

/** Results after which a line that is no terminal says how many there are. */
const RESULTS_A_LINE = 250;

/** Says of each result how it ended, and now and then how many there are where the line is no terminal. `what`: `cases`. */
export function countResults(line: Line & { readonly live: boolean }, what: string): (result: ForeignResult) => void {
  let done = 0;
  return ({ id, label }) => {
    done += 1;
    line.show(`${done}  ${label}  ${id}`);
    if (!line.live && done % RESULTS_A_LINE === 0) line.write(`${done} ${what}\n`);
  };
}

/** Runs it to its end, or until Ctrl-C, after which nothing is written: resolves with the exit code. */
export async function untilInterrupted(line: Line, signal: AbortSignal, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    line.show('');
    if (!signal.aborted) throw error;
    line.write('Interrupted; no record was written.\n');
    return 130;
  }
}
