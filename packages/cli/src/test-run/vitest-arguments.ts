import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { didYouMean } from '@wirewrap/certgen/near-words';
import { type CliOptions, createCLI } from 'vitest/node';
import { CliError } from '../errors.ts';
import { TEST_OPTIONS } from './test-options.ts';

export interface VitestArguments {
  /** File filters as typed. */
  readonly filters: string[];
  readonly options: CliOptions;
}

/** Reads everything that is not ours with vitest's own parser. An option that vitest does not know is refused. */
export function parseVitestArguments(rest: readonly string[]): VitestArguments {
  const cli = createCLI();
  try {
    const { args, options } = cli.parse(['node', 'vitest', 'run', ...rest], { run: false });
    cli.matchedCommand?.checkUnknownOptions();
    cli.matchedCommand?.checkOptionValue();
    requirePattern((options as CliOptions).testNamePattern);
    refuseEndless(options as CliOptions);
    requirePlaces(options as CliOptions);
    return { filters: [...args], options: normalize([...args], options as CliOptions) };
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const typed = /^Unknown option `(--?[^`]+)`$/.exec(reason)?.[1];
    const meant = typed === undefined ? null : didYouMean(knownOptions(cli), typed);
    const hint = typed === undefined ? '' : `: ${meant ?? 'neither wirewrap nor vitest knows it'}`;
    throw new CliError('BAD_USAGE', `${reason.replace(/\.$/, '')}${hint} (see \`wirewrap test --help\`)`, { cause });
  }
}

/** Options of `wirewrap test`, its own and those of vitest, as they are typed. */
function knownOptions(cli: ReturnType<typeof createCLI>): string[] {
  const ofVitest = [...cli.globalCommand.options, ...(cli.matchedCommand?.options ?? [])].map(({ name }) => name);
  const names = [...Object.keys(TEST_OPTIONS), ...ofVitest];
  return names.filter((name) => /^\w[\w-]*$/.test(name)).map((name) => `--${name}`);
}

/** Modes of vitest that never end by themselves: they would keep the board leased and leave no record. */
const ENDLESS = ['watch', 'ui', 'standalone'] as const;

function refuseEndless(options: CliOptions): void {
  const asked = ENDLESS.find((name) => options[name]);
  if (asked === undefined) return;
  throw new CliError(
    'BAD_USAGE',
    `--${asked} never ends, and a run has to: it leases the board and writes a record; start \`vitest --${asked}\` itself ` +
      'with the board in WIREWRAP_BOARD.',
  );
}

/** Vitest itself says so with a stack, and after the board was asked. */
function requirePlaces({ root = '.', config }: CliOptions): void {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CliError('BAD_FILE', `There is no folder ${root}, which --root names.`);
  }
  if (typeof config === 'string' && !statSync(resolve(root, config), { throwIfNoEntry: false })?.isFile()) {
    throw new CliError('BAD_FILE', `There is no file ${config} in ${resolve(root)}, which --config names.`);
  }
}

function requirePattern(pattern: string | RegExp | undefined): void {
  if (pattern === undefined) return;
  try {
    new RegExp(pattern);
  } catch (cause) {
    throw new CliError('BAD_USAGE', `-t ${pattern} is no pattern: ${(cause as Error).message}.`, { cause });
  }
}

/** What vitest's own command does with the options before it starts. */
function normalize(
  filters: readonly string[],
  options: CliOptions & { exclude?: unknown; '--'?: unknown },
): CliOptions {
  const { exclude, '--': _dashes, ...rest } = options;
  const normalized: CliOptions = { ...rest, run: true };
  // The parser's own default; whether there are colours is decided by the terminal and NO_COLOR.
  if ((normalized as { color?: boolean }).color) delete (normalized as { color?: boolean }).color;
  if (exclude !== undefined) normalized.cliExclude = (Array.isArray(exclude) ? exclude : [exclude]) as string[];
  if (filters.some((filter) => filter.includes(':'))) normalized.includeTaskLocation ??= true;
  return normalized;
}
