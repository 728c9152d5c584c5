import type { ObservedError } from './observed-error.ts';

/**
 * Whether `wrap_socket` did not know a keyword of the case: before 1.20 it has neither `cert_reqs` nor `cadata`. That the call
 * failed is no refusal then: what the case poses never reached the TLS.
 *
 * @example isUnknownKeyword({ end: 'fails', at: 'wrap', error: { type: 'TypeError', text: 'extra keyword arguments given' } }); // true
 */
export function isUnknownKeyword(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const { at, error } = value as { readonly at?: unknown; readonly error?: ObservedError | null };
  return at === 'wrap' && error?.type === 'TypeError' && /\bkeyword argument/.test(error.text ?? '');
}
