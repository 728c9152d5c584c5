import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunCommandOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the command as Ctrl-C does, so that it gives the board back. */
  readonly signal: AbortSignal;
}

/** Runs `wirewrap ARGS` in a process of its own: the standard output of this one belongs to the protocol. */
export function runCommand(args: readonly string[], { env, signal }: RunCommandOptions): Promise<CommandResult> {
  const [, program = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], {
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const interrupt = (): void => void child.kill('SIGINT');
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      signal.removeEventListener('abort', interrupt);
      resolve({ exitCode, ...said });
    });
  });
}
