import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

/** What was typed is wrong: one sentence, exit code 2. */
export class UsageError extends Error {}

/** What an option takes: any text, a whole number from `least` to `most`, a file that will be written, or nothing. */
export type OptionKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'output' }
  | { readonly kind: 'flag' };

export interface ReadOptions {
  readonly text: (name: string) => string | undefined;
  readonly number: (name: string) => number | undefined;
  readonly flag: (name: string) => boolean;
  readonly positionals: readonly string[];
}

/** Reads what follows a script's name. Fails with `UsageError` before anything has begun. */
export async function readOptions(
  args: readonly string[],
  known: Readonly<Record<string, OptionKind>>,
  { positionals = false } = {},
): Promise<ReadOptions> {
  const parsed = parse(args, known, positionals);
  for (const [name, option] of Object.entries(known)) {
    const given = parsed.values[name];
    if (typeof given !== 'string') continue;
    if (given === '') throw new UsageError(`--${name} needs a value.`);
    if (option.kind === 'number') requireNumber(name, given, option);
    if (option.kind === 'output') await requireWritable(given);
  }
  const text = (name: string): string | undefined => {
    const value = parsed.values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    text,
    number: (name) => (text(name) === undefined ? undefined : Number(text(name))),
    flag: (name) => parsed.values[name] === true,
    positionals: parsed.positionals,
  };
}

function parse(args: readonly string[], known: Readonly<Record<string, OptionKind>>, positionals: boolean) {
  // `pnpm bench -- repl` hands the `--` on.
  const words = args.filter((word) => word !== '--');
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { kind }]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' } as const]),
  );
  try {
    const parsed = parseArgs({ args: words, options, allowPositionals: positionals, tokens: true });
    const names = parsed.tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new UsageError(`--${twice} is given twice, and only one can count.`);
    return parsed;
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const reason = (cause as Error).message.split(/[.\n]/)[0];
    const list = Object.keys(known).map((name) => `--${name}`);
    throw new UsageError(`${reason}; the options are ${list.join(', ')}.`, { cause });
  }
}

function requireNumber(name: string, given: string, { least, most }: { least: number; most: number }): void {
  const value = Number(given);
  if (/^-?\d+$/.test(given) && value >= least && value <= most) return;
  throw new UsageError(`--${name}=${given} is no whole number from ${least} to ${most}.`);
}

/** What cannot be written is told before the work and not after it. */
async function requireWritable(file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
    const there = await stat(file).catch(() => undefined);
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (there) await access(file, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`Cannot write ${file} (${code}); name a file in a folder that can be written.`, { cause });
  }
}

/** Runs a script; a `UsageError` becomes its sentence. */
export async function runScript(name: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${name}: ${error.message}`);
    process.exitCode = 2;
  }
}
