/**
 * The root of this package's errors. `code` is stable; the message is one sentence with the remedy.
 *
 * @example if (error instanceof TlsLabError && error.code === 'UNKNOWN_FAULT') console.error(error.message);
 */
export class TlsLabError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TlsLabError';
    this.code = code;
  }
}
