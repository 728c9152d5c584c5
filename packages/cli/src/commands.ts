import type { Command } from './command.ts';

/** Every command by name. They are loaded when they are needed, so that `--help` is quick. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  baseline: async () => (await import('./commands/baseline.ts')).baselineCommand,
  boards: async () => (await import('./commands/boards.ts')).boardsCommand,
  certs: async () => (await import('./commands/certs.ts')).certsCommand,
  compare: async () => (await import('./commands/compare.ts')).compareCommand,
  corpus: async () => (await import('./commands/corpus.ts')).corpusCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  flash: async () => (await import('./commands/flash.ts')).flashCommand,
  matrix: async () => (await import('./commands/matrix.ts')).matrixCommand,
  nightly: async () => (await import('./commands/nightly.ts')).nightlyCommand,
  probe: async () => (await import('./commands/probe.ts')).probeCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  test: async () => (await import('./commands/test.ts')).testCommand,
};
