import { CliError, isExpectedError, sentenceOf } from '../../errors.ts';

/** What a board does; one that does not answer, not even after all ways to recover it, is told with what to do about it. */
export async function answering<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    if (error instanceof CliError || !isExpectedError(error)) throw error;
    const why = sentenceOf(error).replace(/\.$/, '');
    throw new CliError('HOST', `The board does not answer (${why}); reset it and run the rest with --case.`, {
      cause: error,
    });
  }
}
