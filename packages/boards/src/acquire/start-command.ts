import { type Clock, retry, systemClock } from '@wirewrap/repl-driver/basics';
import { debug } from '../debug.ts';
import { BoardsError } from '../errors.ts';
import { type StartedProgram, startProgram } from '../process/started-program.ts';

const PAUSE_MS = 500;
/** Errors that do not go away while the command runs: a wrong word, and the command's own failure. */
const FINAL: ReadonlySet<unknown> = new Set(['BAD_URL', 'BAD_SETTING', 'HOST']);

/** The shell command of the configuration that brings its board up, e.g. QEMU or a container. */
export interface StartCommand extends AsyncDisposable {
  /** Tries until it works: fails with the last error at the deadline, or when the command has failed. */
  retry<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function runStartCommand(command: string, deadlineMs: number, clock: Clock = systemClock): StartCommand {
  const program = startProgram('/bin/sh', ['-c', command]);
  const endMs = clock.now() + deadlineMs;
  let failure: string | null = null;
  void program.ended.then((how) => {
    if (how !== 'exit code 0') failure = how;
  });
  return {
    async retry(attempt, signal) {
      const whileItRuns = async () => {
        if (failure !== null) throw commandFailed(command, failure, program);
        return await attempt();
      };
      const mayPass = (error: unknown) => {
        const { code, message } = error as Error & { code?: unknown };
        debug('the board of %s is not there yet: %s', command, message);
        return !FINAL.has(code);
      };
      const leftMs = endMs - clock.now();
      return await retry(whileItRuns, { pauseMs: PAUSE_MS, deadlineMs: leftMs, signal, mayPass, clock });
    },
    [Symbol.asyncDispose]: () => program.stop(),
  };
}

function commandFailed(command: string, how: string, program: StartedProgram): BoardsError {
  const lastLine = program.lastOutput().split('\n').at(-1);
  const reason = lastLine ? `: ${lastLine}` : '';
  return new BoardsError('HOST', `The board's start command \`${command}\` ended with ${how}${reason}.`);
}
