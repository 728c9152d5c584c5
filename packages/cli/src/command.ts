import type { ParseArgsOptionDescriptor } from 'node:util';

/** One option of a command: what `node:util` parses, and what `--help` says about it. */
export interface CommandOption extends ParseArgsOptionDescriptor {
  readonly description: string;
  /** What is after the `=` in `--help`, e.g. `URL`. Strings only. */
  readonly placeholder?: string;
}

/** The value of one option, as node:util parses it. */
export type CommandValue = string | boolean | string[] | boolean[] | undefined;

/** What a command is run with. */
export interface CommandContext {
  /** Values of the command's own options by name. */
  readonly values: Readonly<Record<string, CommandValue>>;
  readonly positionals: readonly string[];
  /** Everything that is not one of the command's own options, in order as typed. Only where `passThrough` is set. */
  readonly rest: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborts at the first Ctrl-C or SIGTERM; the command then has two seconds to end cleanly. */
  readonly signal: AbortSignal;
}

/** A command of `wirewrap`: one file in `src/commands/`, listed in `src/commands.ts`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Positional arguments as the usage line shows them, e.g. `FILE [FILE]`. Without it none are accepted. */
  readonly positionals?: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Lines below the options in `--help`: what passes through, examples, exit codes. */
  readonly notes?: readonly string[];
  /** Hands options that are not ours on in `rest` instead of refusing them. */
  readonly passThrough?: boolean;
  /** Resolves with the exit code: 0 good, 1 something failed, 2 bad input; others where `notes` says so. */
  run(context: CommandContext): Promise<number>;
}
