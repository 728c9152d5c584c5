import type { Command } from './command.ts';

/** Every command by name. They are loaded when they are needed, so that `--help` is quick. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  baseline: async () => (await import('./commands/baseline.ts')).baselineCommand,
  boards: async () => (await import('./commands/boards.ts')).boardsCommand,
  cat: async () => (await import('./commands/cat.ts')).catCommand,
  certs: async () => (await import('./commands/certs.ts')).certsCommand,
  compare: async () => (await import('./commands/compare.ts')).compareCommand,
  completion: async () => (await import('./commands/completion.ts')).completionCommand(loadAll),
  corpus: async () => (await import('./commands/corpus.ts')).corpusCommand,
  cp: async () => (await import('./commands/cp.ts')).cpCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  exec: async () => (await import('./commands/exec.ts')).execCommand,
  flash: async () => (await import('./commands/flash.ts')).flashCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  ls: async () => (await import('./commands/ls.ts')).lsCommand,
  matrix: async () => (await import('./commands/matrix.ts')).matrixCommand,
  mkdir: async () => (await import('./commands/mkdir.ts')).mkdirCommand,
  nightly: async () => (await import('./commands/nightly.ts')).nightlyCommand,
  probe: async () => (await import('./commands/probe.ts')).probeCommand,
  repl: async () => (await import('./commands/repl.ts')).replCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  reset: async () => (await import('./commands/reset.ts')).resetCommand,
  rm: async () => (await import('./commands/rm.ts')).rmCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  test: async () => (await import('./commands/test.ts')).testCommand,
};

async function loadAll(): Promise<Command[]> {
  return await Promise.all(Object.values(commands).map((load) => load()));
}
