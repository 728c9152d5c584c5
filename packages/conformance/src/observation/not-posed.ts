import { describeValue } from './describe-value.ts';
import { isUnavailable } from './not-observed.ts';
import type { ObservedError } from './observed-error.ts';

/**
 * Whether `wrap_socket` did not know a keyword of the case: before 1.20 it has neither `cert_reqs` nor `cadata`. That the call
 * failed is no refusal then: what the case poses never reached the TLS.
 */
function isUnknownKeyword(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const { at, error } = value as { readonly at?: unknown; readonly error?: ObservedError | null };
  return at === 'wrap' && error?.type === 'TypeError' && /\bkeyword argument/.test(error.text ?? '');
}

/**
 * Why the board never met what its case poses: it could not be asked, or did not take an argument. Null where it did, and where
 * the case was lost or not run. To the claims such a failure is an observation; to whoever asks what the TLS did, it is none.
 *
 * @example whyNotPosed({ unavailable: 'no ssl.SSLContext' }); // 'no ssl.SSLContext'
 */
export function whyNotPosed(value: unknown): string | null {
  if (isUnavailable(value)) return value.unavailable;
  return isUnknownKeyword(value) ? describeValue(value) : null;
}
