import { OutputEnd } from './errors.ts';
import { run } from './run.ts';

const interrupt = new AbortController();

/** The first signal asks for a clean end; the second one, or 1.8 seconds, ends the process. */
function onSignal(signal: 'SIGINT' | 'SIGTERM'): void {
  const exitCode = signal === 'SIGINT' ? 130 : 143;
  if (interrupt.signal.aborted) process.exit(exitCode);
  interrupt.abort(new DOMException(`interrupted by ${signal}`, 'AbortError'));
  setTimeout(() => process.exit(exitCode), 1_800).unref();
}

/** What ended the output, when something did: a pipe whose reader has left (`| head`), a full disk. */
let outputEnd: { readonly exitCode: number } | undefined;

/** Ends the command cleanly: the board is given back. The reader of a pipe that has left needs no words. */
function onOutputError({ code }: NodeJS.ErrnoException): void {
  if (outputEnd) return;
  // 128 and SIGPIPE's number, as the shell says it of other programs.
  outputEnd = { exitCode: code === 'EPIPE' ? 141 : 1 };
  const { exitCode } = outputEnd;
  process.exitCode = exitCode;
  if (code !== 'EPIPE') process.stderr.write(`wirewrap: The output cannot be written (${code}).\n`);
  interrupt.abort(new OutputEnd());
  setTimeout(() => process.exit(exitCode), 1_800).unref();
}

process.stdout.on('error', onOutputError);
process.stderr.on('error', onOutputError);
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

const exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
});
// What is still open when a command has ended (a worker's pipe, a port) must not keep the shell waiting.
process.exitCode = outputEnd?.exitCode ?? exitCode;
setTimeout(() => process.exit(), 1_000).unref();
