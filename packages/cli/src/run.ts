import { type ParsedArguments, parseArguments, UnknownOptionError } from './arguments.ts';
import type { Command, CommandContext } from './command.ts';
import { commands } from './commands.ts';
import { CliError, isExpectedError, OutputEnd, sentenceOf, stacksOf } from './errors.ts';
import { formatCommandHelp, formatHelp } from './help.ts';
import { readVersion } from './version.ts';

/** The surroundings of one run of the command. */
export type RunContext = Pick<CommandContext, 'env' | 'stdout' | 'stderr' | 'signal'>;

/**
 * Runs `wirewrap ARGV` and resolves with the exit code. Expected errors become one sentence on stderr.
 *
 * @example
 * const { env, stdout, stderr } = process;
 * const code = await run(['probe', '--board=virtual'], { env, stdout, stderr, signal: AbortSignal.timeout(60_000) });
 */
export async function run(argv: readonly string[], context: RunContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    const { removeStatusLines } = await import('./test-run/status-line.ts');
    removeStatusLines();
    if (context.signal.aborted) {
      if (!(context.signal.reason instanceof OutputEnd)) context.stderr.write('wirewrap: interrupted.\n');
      return 130;
    }
    const { asTemporaryFault } = await import('./unwritable.ts');
    const told = asTemporaryFault(error) ?? error;
    if (!isExpectedError(told)) throw told;
    context.stderr.write(`wirewrap: ${sentenceOf(told)}\n`);
    // The sentence leaves out where it came from, which matters where the error is ours after all.
    const { debug } = await import('./debug.ts');
    debug('%s', stacksOf(told));
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
    if (name.startsWith('-')) {
      throw new CliError('BAD_USAGE', `Name a command before the option '${name}'; see \`wirewrap --help\`.`);
    }
    const hint = await meant(Object.keys(commands), name);
    throw new CliError(
      'BAD_USAGE',
      `There is no command '${name}'; ${hint ?? `choose one of ${Object.keys(commands).join(', ')}`} (see \`wirewrap --help\`).`,
    );
  }
  const command = await load();
  const parsed = await parse(command, args);
  if (parsed.help) {
    context.stdout.write(formatCommandHelp(command));
    return 0;
  }
  return await command.run({ ...parsed, ...context });
}

async function parse(command: Command, args: readonly string[]): Promise<ParsedArguments> {
  try {
    return parseArguments(command, args);
  } catch (error) {
    if (!(error instanceof UnknownOptionError)) throw error;
    const hint = await meant(error.known, error.typed);
    if (hint === null) throw error;
    const message = `Unknown option '${error.typed}'; ${hint} (see \`wirewrap ${command.name} --help\`).`;
    throw new CliError('BAD_USAGE', message, { cause: error });
  }
}

/** Loaded only when something was misspelt: a command starts sooner without it. */
async function meant(words: readonly string[], typed: string): Promise<string | null> {
  const { didYouMean } = await import('@wirewrap/certgen/near-words');
  return didYouMean(words, typed);
}
