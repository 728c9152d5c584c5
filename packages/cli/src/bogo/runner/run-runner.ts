import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { CliError } from '../../errors.ts';
import type { ShimServer } from '../shim/shim-server.ts';
import type { BogoRunner } from './build-runner.ts';
import { RunnerOutput, type RunnerVerdict } from './runner-output.ts';

export interface RunnerRun {
  readonly runner: BogoRunner;
  readonly shim: ShimServer;
  /** Globs of cases to run, as Go's `filepath.Match` reads them; none: all. */
  readonly cases: readonly string[];
  /** Globs of cases that are left out, with the reason. */
  readonly disabled: Readonly<Record<string, string>>;
  /** Milliseconds that the runner waits for a read or write of the board's. */
  readonly idleMs: number;
  readonly onVerdict: (verdict: RunnerVerdict) => void;
  readonly signal: AbortSignal;
}

/** Runs BoGo's runner with one worker, since there is one board. */
export async function runRunner(run: RunnerRun): Promise<void> {
  const config = join(dirname(run.shim.program), 'config.json');
  await writeFile(config, JSON.stringify({ DisabledTests: run.disabled }));
  const options = {
    'shim-path': run.shim.program,
    'shim-config': config,
    'resource-dir': run.runner.resources,
    'num-workers': '1',
    'idle-timeout': `${run.idleMs}ms`,
    ...(run.cases.length > 0 ? { test: run.cases.join(';') } : {}),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`-${name}`, value]);
  const child = execa(run.runner.executable, ['-pipe', '-allow-unimplemented', '-loose-errors', ...flags], {
    env: run.shim.env,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    cancelSignal: run.signal,
  });
  const output = new RunnerOutput(run.onVerdict);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-2_000);
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  await once(child.stdout, 'end');
  const { exitCode, shortMessage } = await child;
  output.end();
  run.signal.throwIfAborted();
  // 1: some case failed, which the verdicts say. A panic of Go ends with 2.
  if (exitCode === 0 || (exitCode === 1 && complaint.trim() === '')) return;
  const line = complaint.split('\n').find((text) => text.trim() !== '') ?? shortMessage ?? `exit code ${exitCode}`;
  const none = /^No tests run/m.test(complaint);
  if (none)
    throw new CliError(
      'BAD_USAGE',
      `BoGo has no case ${run.cases.join(' ')}; a case is named by a glob such as '*-TLS12'.`,
    );
  throw new CliError('HOST', `BoGo's runner ended early (${line}); run it again.`);
}
