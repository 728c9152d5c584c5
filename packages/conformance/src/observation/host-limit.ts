import { isUnavailable } from './describe-value.ts';

/** Why a case whose peer is the openssl command cannot be posed. */
export const NO_OPENSSL = 'the openssl command is not installed on the host';

/** Not every way to a board carries UDP (NAT, port forwards). */
export const NO_UDP = 'no answer over UDP';

/** Behind NAT without a forward, or a firewall, the board's own servers are out of reach. */
export const NO_WAY_TO_BOARD = 'the host cannot reach the board (WIREWRAP_BOARD_ADDRESS)';

/** Reasons that stand as they are. */
const REASONS: readonly string[] = [NO_OPENSSL, NO_UDP, NO_WAY_TO_BOARD];

const NOT_PRESENTED = "the host's TLS cannot present it";

/** Some certificates are too bad for the host's own OpenSSL, and which, its version decides. */
export const notPresented = (code: string): string => `${NOT_PRESENTED} (${code})`;

/** The reason when it was the host or the way to the board that could not pose a case, which says nothing about the firmware. */
export function hostLimitOf(value: unknown): string | null {
  if (!isUnavailable(value)) return null;
  const { unavailable: reason } = value;
  return REASONS.includes(reason) || reason.startsWith(NOT_PRESENTED) ? reason : null;
}
