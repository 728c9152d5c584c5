/** Stable codes of the errors of this package. */
export type BoardsErrorCode =
  | 'BAD_FILE'
  | 'BAD_URL'
  | 'BOARD_SILENT'
  | 'DEADLINE'
  | 'HOST'
  | 'LEASED'
  | 'MISSING_TOOL'
  | 'NOT_HELD'
  | 'NOT_WHOLE'
  | 'NO_SUCH_PORT'
  | 'PORT_BUSY';

/**
 * Root of this package's errors. The message is one sentence: what was wrong, where, what to do.
 *
 * @example if (error instanceof BoardsError && error.code === 'LEASED') console.error(error.message);
 */
export class BoardsError extends Error {
  readonly code: BoardsErrorCode;

  constructor(code: BoardsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BoardsError';
    this.code = code;
  }
}
