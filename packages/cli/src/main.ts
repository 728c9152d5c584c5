import { run } from './run.ts';

const interrupt = new AbortController();

/** The first signal asks for a clean end; the second one, or 1.8 seconds, ends the process. */
function onSignal(signal: 'SIGINT' | 'SIGTERM'): void {
  const exitCode = signal === 'SIGINT' ? 130 : 143;
  if (interrupt.signal.aborted) process.exit(exitCode);
  interrupt.abort(new Error(`interrupted by ${signal}`));
  setTimeout(() => process.exit(exitCode), 1_800).unref();
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

const exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
});
// What is still open when a command has ended (a worker's pipe, a port) must not keep the shell waiting.
process.exitCode = exitCode;
setTimeout(() => process.exit(), 1_000).unref();
