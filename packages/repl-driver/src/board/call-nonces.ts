import { NONCE_LENGTH } from '../agent/agent.ts';
import type { ReplaySession } from '../record/replay-session.ts';

/** A whole number from 0 up to a bound, which is left out. */
type Below = (bound: number) => number;

/** A replayed session answers only to the nonces that it was recorded with. */
export function nonceSource(
  replay: ReplaySession | undefined,
  // Loaded when it is drawn from: a driver that is only imported needs no OpenSSL.
  below: Below = (bound) => process.getBuiltinModule('node:crypto').randomInt(bound),
): () => string {
  const recorded = [...(replay?.nonces ?? [])];
  return () => recorded.shift() ?? nonceOf(below);
}

const NONCE_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function nonceOf(below: Below): string {
  return Array.from({ length: NONCE_LENGTH }, () => NONCE_ALPHABET[below(NONCE_ALPHABET.length)]).join('');
}
