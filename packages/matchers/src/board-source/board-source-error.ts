/** Stable codes of the errors of a board that has to be started or acquired first. */
export type BoardSourceErrorCode = 'BAD_URL' | 'NO_SUCH_PORT' | 'PORT_BUSY' | 'MISSING_TOOL' | 'DEADLINE';

/** One sentence: what was wrong, where, what to do. */
export class BoardSourceError extends Error {
  readonly code: BoardSourceErrorCode;

  constructor(code: BoardSourceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BoardSourceError';
    this.code = code;
  }
}
