/**
 * Why the host's own TLS cannot present a certificate, or null when the error is another: some are too bad for OpenSSL,
 * and the board was not asked then.
 */
export function hostRefusal(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^ERR_(OSSL|SSL|CRYPTO)_/.test(code)) return code;
  }
  return null;
}
