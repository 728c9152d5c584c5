import { stripVTControlCharacters } from 'node:util';
import { CliError, oneLine } from '../errors.ts';

/** What vitest says, with a stack, of a word that was typed wrongly, and what we say. */
const WRONG_WORDS: readonly (readonly [RegExp, string])[] = [
  [/(?:No projects matched the filter "|The filter matched no projects: )([^".]+)/, 'There is no project'],
  [/^Failed to load custom Reporter from (.+)/, 'There is no reporter'],
];

/** Where a message goes on with an excerpt of the file that it is about. */
const EXCERPT = /^\s*[╭│╰]/m;

/** Waits for vitest. What keeps it from starting is an option or the configuration of the user, and becomes one sentence. */
export async function tellStart<T>(vitest: Promise<T>, hasStarted: () => boolean): Promise<T> {
  try {
    return await vitest;
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw wrongWord(cause) ?? (hasStarted() ? cause : noStart(cause));
  }
}

function wrongWord(cause: Error): CliError | null {
  for (const [pattern, sentence] of WRONG_WORDS) {
    const word = pattern.exec(cause.message)?.[1];
    if (word) return new CliError('BAD_USAGE', `${sentence} '${word}'; see \`wirewrap test --help\`.`, { cause });
  }
  return null;
}

function noStart(cause: Error): CliError {
  const [said = ''] = stripVTControlCharacters(cause.message).split(EXCERPT);
  const reason = oneLine(said).replace(/[.:]$/, '');
  return new CliError('BAD_CONFIG', `vitest does not start (${reason}): look at its options and its configuration.`, {
    cause,
  });
}
