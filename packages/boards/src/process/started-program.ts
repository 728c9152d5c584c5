import { spawn } from 'node:child_process';
import { ignored } from '../debug.ts';

/** A program that a board needs while it is used; its last output is kept for error messages. */
export interface StartedProgram {
  /** Resolves when the program ended, with how: `exit code 1`, `signal SIGKILL`, `ENOENT`. */
  readonly ended: Promise<string>;
  /** The last lines that it printed, at most 400 characters. */
  readonly lastOutput: () => string;
  /** SIGTERM, and SIGKILL after two seconds; what has left its process group by then is not waited for. */
  stop(): Promise<void>;
}

/** Starts a program in a process group of its own, so that Ctrl-C in the terminal is ours to answer. */
export function startProgram(command: string, args: readonly string[]): StartedProgram {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-400);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  // The program must not outlive a process that is ended without a chance to stop it.
  const killNow = (): void => void killGroup(child.pid, 'SIGKILL');
  process.once('exit', killNow);
  void ended.then(() => process.off('exit', killNow));
  return {
    ended,
    lastOutput: () => output.trim(),
    async stop() {
      killGroup(child.pid, 'SIGTERM');
      const timer = setTimeout(() => {
        killNow();
        // What holds its output open is beyond us: that is no reason to wait for it.
        child.stdout.destroy();
        child.stderr.destroy();
      }, 2_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It is gone already.
    ignored(`ending the process group ${pid}`)(error);
  }
}
