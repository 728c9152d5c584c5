export type ConformanceErrorCode =
  | 'NO_SUCH_FILE'
  | 'NOT_A_RECORD'
  | 'OTHER_SCHEMA'
  | 'NOT_A_CORPUS'
  | 'NO_SUCH_CASE'
  | 'BAD_SELECTION'
  | 'NO_MODULE'
  | 'UNSAFE_UPDATE'
  | 'CASE_LOST'
  | 'BOARD_GONE';

/** Root of the package's errors. The message is one sentence for a person: what was wrong, where, what to do. */
export class ConformanceError extends Error {
  readonly code: ConformanceErrorCode;

  constructor(code: ConformanceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConformanceError';
    this.code = code;
  }
}
