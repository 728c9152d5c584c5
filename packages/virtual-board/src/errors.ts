/** Stable codes of this package; behaviour depends on them, never on the text. */
export type VirtualBoardErrorCode = 'NO_COMPILER' | 'NO_MICROPYTHON' | 'PROVISION_FAILED' | 'START_FAILED' | 'NO_PTY';

/**
 * What the virtual board cannot do, in one sentence with the remedy.
 *
 * @example if (error instanceof VirtualBoardError && error.code === 'NO_MICROPYTHON') console.error(error.message);
 */
export class VirtualBoardError extends Error {
  readonly code: VirtualBoardErrorCode;

  constructor(code: VirtualBoardErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VirtualBoardError';
    this.code = code;
  }
}
