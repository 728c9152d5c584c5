/** On `globalThis`: this module may be evaluated again for every test file, the session lives on. */
const shared = globalThis as { wirewrapCurrentTest?: { signal: AbortSignal | undefined } };
shared.wirewrapCurrentTest ??= { signal: undefined };
const current = shared.wirewrapCurrentTest;

/**
 * Calls on the sessions of this worker end with this signal until it is replaced.
 *
 * @example callsEndWith(AbortSignal.timeout(30_000));
 */
export function callsEndWith(signal: AbortSignal | undefined): void {
  current.signal = signal;
}

/** The signal of the test that runs now; undefined between tests. */
export function currentSignal(): AbortSignal | undefined {
  return current.signal;
}
