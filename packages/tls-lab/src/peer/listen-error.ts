import { TlsLabError } from '../tls-lab-error.ts';

/** One sentence with the remedy for a server that cannot listen. */
export function cannotListen(protocol: 'TLS' | 'DTLS', address: string, cause: NodeJS.ErrnoException): TlsLabError {
  const code = cause.code ?? 'LISTEN';
  const remedy = 'name an address of this host (WIREWRAP_LISTEN), or none for loopback';
  return new TlsLabError(code, `The ${protocol} server cannot listen on ${address} (${code}); ${remedy}.`, { cause });
}
