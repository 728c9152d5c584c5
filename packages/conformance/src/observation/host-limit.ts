import { isUnavailable, type Limit, type Unavailable } from './not-observed.ts';

/** The peer of the case is the openssl command. */
export const NO_OPENSSL: Unavailable = {
  unavailable: 'the openssl command is not installed on the host',
  limit: 'host',
};

/** Not every way to a board carries UDP (NAT, port forwards). */
export const NO_UDP: Unavailable = { unavailable: 'no answer over UDP', limit: 'network' };

/** Behind NAT without a forward, or a firewall, the board's own servers are out of reach. */
export const NO_WAY_TO_BOARD: Unavailable = {
  unavailable: 'the host cannot reach the board (WIREWRAP_BOARD_ADDRESS)',
  limit: 'network',
};

/** Some certificates are too bad for the host's own OpenSSL, and which, its version decides. */
export const notPresented = (code: string): Unavailable => ({
  unavailable: `the host's TLS cannot present it (${code})`,
  limit: 'host',
});

/**
 * The board passed over a fault, and then a signature, a Finished or a record MAC of the host did not verify: the fault had
 * made another handshake for the host's own end. How that ends says nothing of the board.
 */
export const OUR_FINISHED: Unavailable = { unavailable: 'goes on; ends at our Finished', limit: 'peer' };

/** Limits of the host, of its peer and of the way to the board. That of the virtual board's engine is the board's. */
const OF_HOST: readonly Limit[] = ['host', 'network', 'peer'];

/** The reason when it was the host or the way to the board that could not pose a case, which says nothing about the firmware. */
export function hostLimitOf(value: unknown): string | null {
  if (!isUnavailable(value) || value.limit === undefined) return null;
  return OF_HOST.includes(value.limit) ? value.unavailable : null;
}
