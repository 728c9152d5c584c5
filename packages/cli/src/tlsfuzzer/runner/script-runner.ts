import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ignored } from '../../debug.ts';
import { CliError } from '../../errors.ts';
import type { Tlsfuzzer } from './find-tlsfuzzer.ts';
import { type ConversationVerdict, ScriptOutput } from './script-output.ts';

const PROGRAM = fileURLToPath(new URL('./run-scripts.py', import.meta.url));

/** Characters of Python's complaint that are kept. */
const COMPLAINT = 2_000;

export interface ScriptRunnerOptions {
  readonly tlsfuzzer: Tlsfuzzer;
  /** A folder for what Python compiles. */
  readonly compiled: string;
  /** Milliseconds that tlsfuzzer waits for a message of the board's. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
}

export interface ScriptRun {
  /** Without `.py`, such as `test-encrypt-then-mac`. */
  readonly script: string;
  readonly args: readonly string[];
  /** How many conversations are taken of a script that has more; null: all. */
  readonly sample: number | null;
  readonly port: number;
  readonly onVerdict: (verdict: ConversationVerdict) => void;
}

/** A Python that has tlsfuzzer loaded. */
export interface ScriptRunner extends AsyncDisposable {
  /** Runs one script against a port of this host. Resolves with null, or with what is wrong beside its conversations. */
  run(run: ScriptRun): Promise<string | null>;
}

/** A script that said nothing of its conversations, or whose exit code they do not explain, was not understood. */
function complaintOf({ summarized, count }: ScriptOutput, exitCode: number, line: string): string | null {
  if (!summarized) return `the script ended before its summary: ${line}`;
  if (count.all === 0) return 'the script named no conversation';
  if (exitCode !== 0 && count.failed === 0)
    return `the script ended with exit code ${exitCode}, and no conversation failed`;
  return null;
}

export function startScriptRunner({ tlsfuzzer, compiled, idleMs, signal }: ScriptRunnerOptions): ScriptRunner {
  const child = execa(tlsfuzzer.python, ['-u', PROGRAM, String(idleMs / 1_000)], {
    env: { PYTHONPATH: tlsfuzzer.folder, PYTHONIOENCODING: 'utf8', PYTHONPYCACHEPREFIX: compiled },
    buffer: false,
    reject: false,
    cancelSignal: signal,
  });
  let output: ScriptOutput | null = null;
  let complaint = '';
  child.stdin.on('error', ignored('a Python that ended'));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-COMPLAINT);
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => output?.push(text));
  const dead = child.then(() => null);
  return {
    async run({ script, args, sample, port, onVerdict }) {
      const own = new ScriptOutput(onVerdict);
      output = own;
      complaint = '';
      const given = [
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        ...(sample === null ? [] : ['-n', String(sample)]),
        ...args,
      ];
      child.stdin.write(`${JSON.stringify([script, ...given])}\n`);
      const exitCode = await Promise.race([own.ended, dead]);
      signal.throwIfAborted();
      const line = complaint.trim().split('\n').at(-1) || `exit code ${exitCode}`;
      if (exitCode === null)
        throw new CliError('HOST', `tlsfuzzer's Python ended in ${script} (${line}); run it again.`);
      return complaintOf(own, exitCode, line);
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await child;
    },
  };
}
