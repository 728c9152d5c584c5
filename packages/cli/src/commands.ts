import type { Command } from './command.ts';

/** Every command by name. They are loaded when they are needed, so that `--help` is quick. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  boards: async () => (await import('./commands/boards.ts')).boardsCommand,
  certs: async () => (await import('./commands/certs.ts')).certsCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  flash: async () => (await import('./commands/flash.ts')).flashCommand,
  nightly: async () => (await import('./commands/nightly.ts')).nightlyCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  test: async () => (await import('./commands/test.ts')).testCommand,
};
