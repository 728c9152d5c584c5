import type { Pattern } from '../observation/pattern.ts';

export const COMPLETES = { end: 'completes' } as const satisfies Pattern;

/** The board ended the handshake because of what it saw of the peer; a refused keyword is not that. */
export const REFUSES = { end: 'fails', hello: true } as const satisfies Pattern;

/** The exception came before any byte was sent. */
export const FAILS_BEFORE_HELLO = { end: 'fails', hello: false } as const satisfies Pattern;

export const FAILS = { end: 'fails' } as const satisfies Pattern;

export function raises(type: string): Pattern {
  return { raises: { type } };
}
