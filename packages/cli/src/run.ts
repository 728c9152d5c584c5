import { readFile } from 'node:fs/promises';
import { parseArguments } from './arguments.ts';
import type { CommandContext } from './command.ts';
import { commands } from './commands.ts';
import { CliError, isExpectedError, OutputEnd, sentenceOf } from './errors.ts';
import { formatCommandHelp, formatHelp } from './help.ts';

/** The surroundings of one run of the command. */
export type RunContext = Pick<CommandContext, 'env' | 'stdout' | 'stderr' | 'signal'>;

/** Runs `wirewrap ARGV` and resolves with the exit code. Expected errors become one sentence on stderr. */
export async function run(argv: readonly string[], context: RunContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    if (context.signal.aborted) {
      if (!(context.signal.reason instanceof OutputEnd)) context.stderr.write('wirewrap: interrupted.\n');
      return 130;
    }
    if (!isExpectedError(error)) throw error;
    context.stderr.write(`wirewrap: ${sentenceOf(error)}\n`);
    return 2;
  }
}

async function dispatch(argv: readonly string[], context: RunContext): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const loaded = await Promise.all(Object.values(commands).map((load) => load()));
    context.stdout.write(formatHelp(loaded));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    context.stdout.write(`wirewrap ${await readVersion()}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const what = name.startsWith('-') ? `an option without a command, '${name}'` : `no command '${name}'`;
    throw new CliError(
      'BAD_USAGE',
      `There is ${what}; choose one of ${Object.keys(commands).join(', ')} (see \`wirewrap --help\`).`,
    );
  }
  const command = await load();
  const parsed = parseArguments(command, args);
  if (parsed.help) {
    context.stdout.write(formatCommandHelp(command));
    return 0;
  }
  return await command.run({ ...parsed, ...context });
}

async function readVersion(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
