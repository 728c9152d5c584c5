/** Stable codes of this package; behaviour depends on them, never on the text. */
export type ConformanceErrorCode =
  | 'NO_SUCH_FILE'
  | 'NOT_A_RECORD'
  | 'OTHER_SCHEMA'
  | 'NOT_A_CORPUS'
  | 'NO_SUCH_CASE'
  | 'BAD_SELECTION'
  | 'NO_MODULE'
  | 'CAPABILITY'
  | 'UNSAFE_UPDATE'
  | 'CASE_LOST'
  | 'OTHER_FIRMWARE'
  | 'NO_HELLO'
  | 'ONE_END_ONLY'
  | 'BOARD_GONE';

/**
 * Root of the package's errors. The message is one sentence for a person: what was wrong, where, what to do.
 *
 * @example if (error instanceof ConformanceError && error.code === 'OTHER_SCHEMA') console.error(error.message);
 */
export class ConformanceError extends Error {
  readonly code: ConformanceErrorCode;

  constructor(code: ConformanceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConformanceError';
    this.code = code;
  }
}
