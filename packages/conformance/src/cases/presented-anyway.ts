import type { Handshake, TlsServerOptions } from '@wirewrap/tls-lab';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';
import type { Parties } from './handshake-case.ts';
import { offeredVersions } from './offered-versions.ts';

/**
 * A certificate that the host's own OpenSSL refuses to load crosses the wire by a swap of the Certificate message. TLS 1.2:
 * in TLS 1.3 the server's signature covers that message too, so that every swapped one would be refused.
 */
export const ANYWAY_SERVER: Omit<TlsServerOptions, 'certificate'> & { readonly ciphers: string } = {
  presentAnyway: true,
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  ciphers: 'DEFAULT@SECLEVEL=0',
};

/**
 * The server for a certificate that OpenSSL serves in TLS 1.3 only: as it is to a board that offers 1.3, anyway to another,
 * which would see an alert of the host's own and no certificate.
 */
export async function anywayInTls12({ bench }: Parties): Promise<Omit<TlsServerOptions, 'certificate'>> {
  const versions = await offeredVersions(bench);
  return versions?.includes('TLSv1.3') ? { minVersion: 'TLSv1.3', ciphers: ANYWAY_SERVER.ciphers } : ANYWAY_SERVER;
}

/**
 * What the board says to the certificate. After its ClientKeyExchange it has taken certificate and signature; then the
 * two ends have seen different handshakes and the Finished must fail, which says nothing about the board.
 */
export function anywayVerdict(value: HandshakeObservation, { wire, board }: Handshake): unknown {
  if (wire?.faults.includes('certificate-swap') !== true) return value;
  const taken = wire?.messages.some(({ sender, name }) => sender === 'board' && name === 'client_key_exchange');
  if (taken !== true || board.crash !== null) return value;
  const { at: _at, error: _error, peerAlert: _finished, ...seen } = value;
  return { ...seen, end: 'takes the certificate' };
}
