import { MicroPythonError } from '@wirewrap/repl-driver';
import { exhaustedIn } from '@wirewrap/tls-lab';
import type { Lost } from '../observation/not-observed.ts';
import { observedError } from '../observation/observed-error.ts';

/** What a case shows whose program on the board raised. Throws again what is no exception of the board, or lack of memory. */
export function raisedBy(error: unknown): unknown {
  if (!(error instanceof MicroPythonError) || error.type === 'MemoryError') throw error;
  const exhausted = exhaustedIn('wrap', error);
  return exhausted === null
    ? { raises: observedError(error) }
    : ({ lost: 'out of memory', detail: exhausted } satisfies Lost);
}
