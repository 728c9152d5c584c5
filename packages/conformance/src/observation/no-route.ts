/** Errors of a socket whose board has no way into the network: the TLS below it never began. */
const NO_ROUTE: readonly unknown[] = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'];

/**
 * Whether an error of the board, wherever in a value it is, says that it had no way into the network.
 *
 * @example hasNoRoute({ raises: { type: 'OSError', code: 118, name: 'EHOSTUNREACH' } }); // true
 */
export function hasNoRoute(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  return NO_ROUTE.includes((value as { name?: unknown }).name) || Object.values(value).some(hasNoRoute);
}
