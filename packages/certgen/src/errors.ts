/** Stable codes of this package; behaviour depends on them, never on the text. */
export type CertgenErrorCode = 'UNKNOWN_PROFILE' | 'BAD_REQUEST' | 'CACHE_UNWRITABLE' | 'BAD_RECIPE';

/**
 * Root of every error that certgen raises on purpose.
 *
 * @example if (error instanceof CertgenError && error.code === 'UNKNOWN_PROFILE') console.error(error.message);
 */
export class CertgenError extends Error {
  override readonly name: string = 'CertgenError';
  readonly code: CertgenErrorCode;

  constructor(code: CertgenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
