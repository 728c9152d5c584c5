import { type FailureClass, failureClassOf } from '@wirewrap/conformance';
import { isBadInput, isExpectedError } from '../errors.ts';

/** Exit codes of `wirewrap nightly`, one for each class of failure. */
export const EXIT_CODES = {
  good: 0,
  /** A test is broken: neither firmware nor board nor host explains it. */
  test: 1,
  badInput: 2,
  /** The firmware behaves otherwise than the baseline or the claims say. */
  firmware: 3,
  /** The board or the line to it is broken. */
  board: 4,
  /** This machine is broken: no space, no tool, no port. */
  host: 5,
  interrupted: 130,
} as const;

const BY_CLASS: Readonly<Record<FailureClass, number>> = {
  test: EXIT_CODES.test,
  firmware: EXIT_CODES.firmware,
  board: EXIT_CODES.board,
  link: EXIT_CODES.board,
  host: EXIT_CODES.host,
};

export function exitCodeOfClass(failureClass: FailureClass): number {
  return BY_CLASS[failureClass];
}

/** The exit code of a step that threw. A bug of ours is rethrown. */
export function exitCodeOfError(error: unknown): number {
  if (isBadInput(error)) return EXIT_CODES.badInput;
  const failure = error as { name?: string; code?: unknown };
  const failureClass = failureClassOf(failure);
  if (failureClass === 'test' && !isExpectedError(error)) throw error;
  return exitCodeOfClass(failureClass);
}

/** Only failures of the board or the line are retried. */
export function mayRetry(exitCode: number): boolean {
  return exitCode === EXIT_CODES.board;
}
