import { anyOf, type Pattern } from '../claim/pattern.ts';

/** The board ended the handshake: whether its hello came, and what it raised. */
export type FailedHandshake = { readonly end: 'fails'; readonly hello: boolean; readonly error: Pattern };

export const COMPLETES: { readonly end: 'completes' } = { end: 'completes' };

/**
 * The board ended the handshake because the certificate did not verify: a ValueError that says so (from 1.22 on), or
 * MBEDTLS_ERR_X509_CERT_VERIFY_FAILED. A refused keyword, a crash or a lack of memory is not that.
 */
export const REFUSES_CERTIFICATE: FailedHandshake = {
  end: 'fails',
  hello: true,
  error: anyOf({ type: 'ValueError', text: /certificate/i }, { type: 'OSError', code: -9984 }),
};

/** The board as server ended the handshake because the client showed no certificate. */
export const REFUSES_NO_CERTIFICATE: FailedHandshake = {
  end: 'fails',
  hello: true,
  error: { type: 'OSError', code: -29_824 },
};

/** The two ends found no version or suite in common, or the one that they found does not work. */
export const FINDS_NOTHING_IN_COMMON: FailedHandshake = {
  end: 'fails',
  hello: true,
  error: { type: 'OSError', code: (code) => typeof code === 'number' && code < -0x1000 },
};

/** A TLS error of the wrapped socket; numbers of the socket itself are small. */
export const TLS_ERROR: FailedHandshake = FINDS_NOTHING_IN_COMMON;

/** wrap_socket refused its arguments before any byte was sent. */
export const REFUSES_ARGUMENTS: FailedHandshake = {
  end: 'fails',
  hello: false,
  error: { type: 'ValueError' },
};

export function raises(type: string): Pattern {
  return { raises: { type } };
}
