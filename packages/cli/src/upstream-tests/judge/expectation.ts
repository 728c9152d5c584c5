import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { findOnPath } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { instead } from '../../debug.ts';

/** What a test shall print; or that it prints what Python's `unittest` does; or why nobody can tell. */
export type Expectation = { readonly lines: readonly string[] } | { readonly unknown: string };

const CPYTHON_MS = 30_000;

/** A line of an expectation that stands for any lines. */
const ANY_LINES = '########';

/** The test's own file of expected output; without one, as in MicroPython's runner, what CPython prints. */
export async function expectationOf(path: string, signal: AbortSignal): Promise<Expectation> {
  const text = await readFile(`${path}.exp`, 'utf8').catch(instead(null, `reading ${path}.exp`));
  if (text !== null) return { lines: linesOf(text) };
  const python = await findOnPath('python3');
  if (python === undefined) {
    return { unknown: 'it has no file of expected output, and there is no python3 on PATH, which would say it' };
  }
  const run = await execa(python, ['-B', basename(path)], {
    cwd: dirname(path),
    reject: false,
    stdin: 'ignore',
    timeout: CPYTHON_MS,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (run.exitCode === 0) return { lines: linesOf(run.stdout) };
  const why = (run.stderr ?? '').trim().split('\n').at(-1) || run.shortMessage;
  return { unknown: `it has no file of expected output, and CPython fails in it (${why})` };
}

/** Lines without white space at their ends, and without the empty one after the last. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Whether a test passed by itself: `unittest` says so in its last lines. Null where it used none. */
export function unittestPassed(lines: readonly string[]): boolean | null {
  const ran = lines.findLastIndex((line) => /^Ran \d+ tests?\b/.test(line));
  return ran < 0 ? null : lines.slice(ran + 1).some((line) => /^OK\b/.test(line));
}

/** The first line that differs, in words; null where the output is as expected. */
export function firstDifference(expected: readonly string[], printed: readonly string[]): string | null {
  let at = 0;
  for (let index = 0; index < expected.length; index++) {
    if (expected[index] === ANY_LINES) {
      const next = expected[index + 1];
      at = next === undefined ? printed.length : Math.max(at, printed.indexOf(next, at));
      continue;
    }
    if (printed[at] !== expected[index]) return differs(printed, at, expected[index]);
    at += 1;
  }
  return at < printed.length ? differs(printed, at, undefined) : null;
}

function differs(printed: readonly string[], at: number, expected: string | undefined): string {
  const quoted = (line: string | undefined) => (line === undefined ? 'nothing' : JSON.stringify(line.slice(0, 200)));
  // Of a traceback the exception says what happened.
  const raised = printed[at]?.startsWith('Traceback ')
    ? printed.slice(at + 1).find((line) => /^\S/.test(line))
    : undefined;
  return `line ${at + 1} is ${quoted(raised ?? printed[at])} instead of ${quoted(expected)}`;
}
