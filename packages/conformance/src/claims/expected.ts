import { anyOf, type Pattern } from '../claim/pattern.ts';

export const COMPLETES = { end: 'completes' } as const satisfies Pattern;

/**
 * The board ended the handshake because the certificate did not verify: a ValueError that says so (from 1.22 on), or
 * MBEDTLS_ERR_X509_CERT_VERIFY_FAILED. A refused keyword, a crash or a lack of memory is not that.
 */
export const REFUSES_CERTIFICATE = {
  end: 'fails',
  hello: true,
  error: anyOf({ type: 'ValueError', text: /certificate/i }, { type: 'OSError', code: -9984 }),
} as const satisfies Pattern;

/** The board as server ended the handshake because the client showed no certificate. */
export const REFUSES_NO_CERTIFICATE = {
  end: 'fails',
  hello: true,
  error: { type: 'OSError', code: -29_824 },
} as const satisfies Pattern;

/** The two ends found no version or suite in common, or the one that they found does not work. */
export const FINDS_NOTHING_IN_COMMON = {
  end: 'fails',
  hello: true,
  error: { type: 'OSError', code: (code) => typeof code === 'number' && code < -0x1000 },
} as const satisfies Pattern;

/** A TLS error of the wrapped socket; numbers of the socket itself are small. */
export const TLS_ERROR = FINDS_NOTHING_IN_COMMON;

/** wrap_socket refused its arguments before any byte was sent. */
export const REFUSES_ARGUMENTS = {
  end: 'fails',
  hello: false,
  error: { type: 'ValueError' },
} as const satisfies Pattern;

export function raises(type: string): Pattern {
  return { raises: { type } };
}
