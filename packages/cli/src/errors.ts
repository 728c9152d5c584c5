/** Stable codes of the errors that the command itself throws. */
export type CliErrorCode = 'BAD_USAGE' | 'BAD_CONFIG' | 'BAD_FILE' | 'MISSING_TOOL' | 'LEASED' | 'HOST' | 'NO_SSL';

/**
 * Root of this package's errors. The message is one sentence: what was wrong, where, what to do. Exit code 2.
 *
 * @example if (error instanceof CliError && error.code === 'BAD_CONFIG') console.error(error.message);
 */
export class CliError extends Error {
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CliError';
    this.code = code;
  }
}

/** Why a command is aborted when nobody takes its output any more. */
export class OutputEnd extends Error {
  constructor() {
    super('the output has ended');
    this.name = 'OutputEnd';
  }
}

/** An error's message as one line that a terminal shows as it is, whatever bytes a file or a board put into it. */
export function sentenceOf({ message }: Error): string {
  return oneLine(message);
}

/** The stack of an error and of what caused it. Other properties stay out: a command's may hold secrets. */
export function stacksOf(error: Error): string {
  const { stack = error.message, cause } = error;
  return cause instanceof Error ? `${stack}\ncaused by ${stacksOf(cause)}` : stack;
}

/** Text as one line, without what a terminal would obey. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\p{Cc}/gu, '\ufffd');
}

/**
 * Whether an error is one that a person can mend: our packages' errors carry a stable `code` such as `NO_SUCH_PORT`.
 * Errors of Node and of the operating system (`ERR_…`, or with `syscall`) that reach the top are bugs of ours.
 *
 * @example if (isExpectedError(error)) console.error(`${error.code}: ${error.message}`);
 */
export function isExpectedError(error: unknown): error is Error & { readonly code: string } {
  if (!(error instanceof Error) || !('code' in error) || 'syscall' in error) return false;
  return typeof error.code === 'string' && /^[A-Z][A-Z_]+$/.test(error.code) && !error.code.startsWith('ERR_');
}

/** What was typed or configured wrongly: no retry, no class of failure, and nothing that a check could find. */
const BAD_INPUT: ReadonlySet<string> = new Set([
  'BAD_USAGE',
  'BAD_CONFIG',
  'BAD_FILE',
  'BAD_URL',
  'BAD_SETTING',
  'NO_SUCH_FILE',
  'NOT_A_RECORD',
  'OTHER_SCHEMA',
]);

export function isBadInput(error: unknown): boolean {
  return isExpectedError(error) && BAD_INPUT.has(error.code);
}
