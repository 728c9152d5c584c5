import { DeadlineError, MicroPythonError } from '@wirewrap/repl-driver';
import type { CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import { withBoard } from './with-board.ts';

export interface Program {
  readonly code: string;
  /** The file that tracebacks name. */
  readonly filename?: string;
}

/**
 * Runs a program on the board and prints what it prints, as it comes. A new interpreter first, as mpremote does, unless
 * `--resume` is given. Resolves with 1 when the program raised; its traceback goes to stderr.
 */
export async function runProgram(context: CommandContext, purpose: string, program: Program): Promise<number> {
  const { values, signal, stdout, stderr } = context;
  const deadlineMs = secondsToMs(values.timeout);
  return await withBoard(context, purpose, async ({ board, fresh }) => {
    if (!fresh && values.resume !== true) await board.reset('soft', { signal });
    try {
      await board.exec(program.code, {
        signal,
        deadlineMs,
        ...(program.filename === undefined ? {} : { filename: program.filename }),
        onOutput: (text) => void stdout.write(text),
      });
      return 0;
    } catch (error) {
      if (error instanceof DeadlineError) {
        const message = `The program ran longer than --timeout=${String(values.timeout)} and was interrupted.`;
        throw new CliError('BAD_USAGE', message, { cause: error });
      }
      if (!(error instanceof MicroPythonError)) throw error;
      stderr.write(`${error.traceback.trimEnd()}\n`);
      return 1;
    }
  });
}

function secondsToMs(value: unknown): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  const seconds = Number(value);
  if (seconds > 0) return seconds * 1_000;
  throw new CliError('BAD_USAGE', `--timeout=${String(value)} is not a number of seconds above 0.`);
}
