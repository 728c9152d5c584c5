import type { Handshake, TlsServerOptions } from '@wirewrap/tls-lab';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';

/**
 * A certificate that the host's own OpenSSL refuses to load crosses the wire by a swap of the Certificate message. TLS 1.2:
 * in TLS 1.3 the server's signature covers that message too, so that every swapped one would be refused.
 */
export const ANYWAY_SERVER = {
  presentAnyway: true,
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  ciphers: 'DEFAULT@SECLEVEL=0',
} as const satisfies Omit<TlsServerOptions, 'certificate'>;

/**
 * What the board says to the certificate. After its ClientKeyExchange it has taken certificate and signature; then the
 * two ends have seen different handshakes and the Finished must fail, which says nothing about the board.
 */
export function anywayVerdict(value: HandshakeObservation, { wire, board }: Handshake): unknown {
  const taken = wire?.messages.some(({ sender, name }) => sender === 'board' && name === 'client_key_exchange');
  if (taken !== true || board.crash !== null) return value;
  const { at: _at, error: _error, peerAlert: _finished, ...seen } = value;
  return { ...seen, end: 'takes the certificate' };
}
