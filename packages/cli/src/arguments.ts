import { parseArgs } from 'node:util';
import type { Command, CommandContext, CommandOption, CommandValue } from './command.ts';
import { CliError } from './errors.ts';

export type ParsedArguments = Pick<CommandContext, 'values' | 'positionals' | 'rest'> & { readonly help: boolean };

/** An option that the command does not have. Whoever reports it finds the names that come near. */
export class UnknownOptionError extends CliError {
  readonly typed: string;
  readonly known: readonly string[];

  constructor(command: Command, typed: string) {
    super('BAD_USAGE', `Unknown option '${typed}'; see \`wirewrap ${command.name} --help\`.`);
    this.typed = typed;
    this.known = [...Object.keys(command.options), 'help'].map((name) => `--${name}`);
  }
}

/** Reads the options that take a text: undefined for one that was not given. */
export function textsOf(values: Readonly<Record<string, unknown>>): (name: string) => string | undefined {
  return (name) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
}

/** Reads what was typed after the command's name. Unknown options are refused unless the command passes them through. */
export function parseArguments(command: Command, typed: readonly string[]): ParsedArguments {
  // `pnpm test -- --board=…` hands the `--` on; older package managers need it, so it is accepted and dropped.
  const args = typed.filter((word, index) => word !== '--' || typed.indexOf('--') !== index);
  return command.passThrough ? parsePassingThrough(command, args) : parseStrictly(command, args);
}

function parseStrictly(command: Command, args: readonly string[]): ParsedArguments {
  const { values, positionals, tokens } = parseTokens(command, args);
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
    if (option?.type === 'string') takeValue(option, token, seen);
  }
  return { values: values as Record<string, CommandValue>, positionals, rest: [], help: values.help === true };
}

function parseTokens(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: command.positionals !== undefined,
      tokens: true,
    });
  } catch (cause) {
    const unknown = /^Unknown option '(-[^']*)'/.exec(cause instanceof Error ? cause.message : '')?.[1];
    if (unknown !== undefined) throw new UnknownOptionError(command, unknown);
    const message = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause);
    throw new CliError('BAD_USAGE', `${message.replace(/\.$/, '')}; see \`wirewrap ${command.name} --help\`.`, {
      cause,
    });
  }
}

/** An empty value (a shell variable that was never set) and a second one where one counts are mistakes, not wishes. */
function takeValue(
  option: CommandOption,
  { name, value }: { readonly name: string; readonly value?: string | undefined },
  seen: Set<string>,
): string {
  if (!value) {
    throw new CliError('BAD_USAGE', `Option '--${name}' needs a value: --${name}=${option.placeholder ?? 'VALUE'}.`);
  }
  if (!option.multiple && seen.has(name)) {
    throw new CliError('BAD_USAGE', `Option '--${name}' is given twice, and only one can count.`);
  }
  seen.add(name);
  return value;
}

/** Takes the command's own options out of the line and leaves the others where they are, word for word. */
function parsePassingThrough(command: Command, args: readonly string[]): ParsedArguments {
  const { tokens } = parseArgs({ args: [...args], options: { ...command.options }, strict: false, tokens: true });
  const values: Record<string, CommandValue> = {};
  const taken = new Set<number>();
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
    if (!option || !token.rawName.startsWith('--')) continue;
    taken.add(token.index);
    if (option.type === 'boolean') {
      values[token.name] = true;
      continue;
    }
    const value = takeValue(option, token, seen);
    if (!token.inlineValue) taken.add(token.index + 1);
    const before = values[token.name];
    values[token.name] = option.multiple ? [...(Array.isArray(before) ? (before as string[]) : []), value] : value;
  }
  const rest = args.filter((_, index) => !taken.has(index));
  return { values, positionals: [], rest, help: rest.includes('--help') || rest.includes('-h') };
}
