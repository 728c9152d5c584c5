import { PassThrough } from 'node:stream';
import { run } from '../src/run.ts';
import { cleanEnvironment } from './wirewrap.ts';

export interface InProcessResult {
  readonly exitCode: number;
  /** Without the line feed at its end, as execa has it. */
  readonly stdout: string;
  readonly stderr: string;
}

/** `wirewrap ARGS` in this process: what a test of many commands needs, where a process each would take minutes. */
export async function wirewrapHere(
  args: readonly string[],
  { env = {}, onStderr }: { env?: Record<string, string>; onStderr?: (text: string) => void } = {},
): Promise<InProcessResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => {
    written.stdout += chunk.toString();
  });
  stderr.on('data', (chunk: Buffer) => {
    written.stderr += chunk.toString();
    onStderr?.(chunk.toString());
  });
  const exitCode = await run(args, {
    env: cleanEnvironment(env),
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
  });
  // What was written is delivered in later turns of the event loop.
  await new Promise((turn) => setImmediate(turn));
  return { exitCode, stdout: written.stdout.replace(/\n$/, ''), stderr: written.stderr.replace(/\n$/, '') };
}
