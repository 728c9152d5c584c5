import { spawn } from 'node:child_process';
import { BoardsError } from '../errors.ts';

/** A shell command of the configuration that runs while its board is used. */
export interface StartedCommand {
  /** Throws when the command ended with an error: then the board will not come. */
  throwIfFailed(): void;
  /** SIGTERM to the whole process group, SIGKILL two seconds later. */
  stop(): Promise<void>;
}

export function startCommand(command: string): StartedCommand {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-400);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It is gone already.
    }
  };
  const killNow = (): void => kill('SIGKILL');
  process.once('exit', killNow);
  return {
    throwIfFailed() {
      const how = child.signalCode ?? (child.exitCode ? `exit code ${child.exitCode}` : null);
      if (how === null) return;
      const reason = said.trim() ? `: ${said.trim().split('\n').at(-1)}` : '';
      throw new BoardsError('HOST', `The board's start command \`${command}\` ended with ${how}${reason}.`);
    },
    async stop() {
      process.off('exit', killNow);
      kill('SIGTERM');
      const timer = setTimeout(killNow, 2_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
