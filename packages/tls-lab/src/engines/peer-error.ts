import type { Transcript } from '../transcript/transcript.ts';

/** OpenSSL's reason codes of library 20 (SSL): 1000 + n is the alert n that came from the other end (ssl.h). */
const OPENSSL_ERROR = /error:0A([0-9A-F]{6}):/i;

/** Decodes an error of node:tls. The alert comes from OpenSSL's number: its strings differ between versions. */
export function peerError(error: Error & { readonly code?: string }): NonNullable<Transcript['peerError']> {
  const match = OPENSSL_ERROR.exec(error.message);
  const reason = match?.[1] === undefined ? -1 : Number.parseInt(match[1], 16) & 0x7fffff;
  const alert = reason >= 1000 && reason <= 1255 ? reason - 1000 : null;
  return { code: error.code ?? error.name, alert, message: error.message.trim() };
}
