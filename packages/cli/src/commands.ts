import type { Command } from './command.ts';

/** Every command by name. They are loaded when they are needed, so that `--help` is quick. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  baseline: async () => (await import('./commands/baseline.ts')).baselineCommand,
  bisect: async () => (await import('./commands/bisect.ts')).bisectCommand,
  bogo: async () => (await import('./commands/bogo.ts')).bogoCommand,
  boards: async () => (await import('./commands/boards.ts')).boardsCommand,
  cat: async () => (await import('./commands/cat.ts')).catCommand,
  certs: async () => (await import('./commands/certs.ts')).certsCommand,
  compare: async () => (await import('./commands/compare.ts')).compareCommand,
  completion: async () => (await import('./commands/completion.ts')).completionCommand(loadAll),
  corpus: async () => (await import('./commands/corpus.ts')).corpusCommand,
  cp: async () => (await import('./commands/cp.ts')).cpCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  exec: async () => (await import('./commands/exec.ts')).execCommand,
  flash: async () => (await import('./commands/flash.ts')).flashCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  ls: async () => (await import('./commands/ls.ts')).lsCommand,
  matrix: async () => (await import('./commands/matrix.ts')).matrixCommand,
  mcp: async () => (await import('./commands/mcp.ts')).mcpCommand,
  mkdir: async () => (await import('./commands/mkdir.ts')).mkdirCommand,
  nightly: async () => (await import('./commands/nightly.ts')).nightlyCommand,
  order: async () => (await import('./commands/order.ts')).orderCommand,
  probe: async () => (await import('./commands/probe.ts')).probeCommand,
  repl: async () => (await import('./commands/repl.ts')).replCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  reproduce: async () => (await import('./commands/reproduce.ts')).reproduceCommand,
  reset: async () => (await import('./commands/reset.ts')).resetCommand,
  rm: async () => (await import('./commands/rm.ts')).rmCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  soak: async () => (await import('./commands/soak.ts')).soakCommand,
  test: async () => (await import('./commands/test.ts')).testCommand,
  tlsfuzzer: async () => (await import('./commands/tlsfuzzer.ts')).tlsfuzzerCommand,
  'upstream-tests': async () => (await import('./commands/upstream-tests.ts')).upstreamTestsCommand,
};

async function loadAll(): Promise<Command[]> {
  return await Promise.all(Object.values(commands).map((load) => load()));
}
