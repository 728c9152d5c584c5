import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ReplEngine, ReplEngineSource } from './repl-engine.ts';

/** Where `pyexec-port/build.sh` puts it; WIREWRAP_PYEXEC names another. */
export const PYEXEC =
  process.env.WIREWRAP_PYEXEC ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wirewrap', 'pyexec', 'pyexec');

/** MicroPython's own pyexec.c, readline.c and the ESP32's sys.stdin, compiled for this machine. */
export const pyexecEngine: ReplEngineSource = {
  name: 'native: pyexec.c itself',
  quietMs: 12,
  missing: isExecutable(PYEXEC)
    ? undefined
    : 'packages/repl-driver/contract/pyexec-port/build.sh has not built it on this machine',
  start: startPyexec,
};

async function startPyexec(): Promise<ReplEngine> {
  const child = spawn(PYEXEC, { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.stdin.on('error', () => {});
  return {
    can: {
      interrupt: true,
      rawPaste: true,
      crlf: true,
      reset: true,
      stdin: true,
      binaryOutput: true,
      constantsDropped: true,
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        child.stdin.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    onData: (listener) => {
      child.stdout.on('data', listener);
    },
    async [Symbol.asyncDispose]() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill()) await exited;
    },
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
