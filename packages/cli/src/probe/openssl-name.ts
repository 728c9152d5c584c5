/**
 * OpenSSL's name of a TLS 1.2 cipher suite from IANA's: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 is
 * ECDHE-ECDSA-AES128-GCM-SHA256, TLS_RSA_WITH_AES_256_CBC_SHA is AES256-SHA.
 */
export function opensslName(iana: string): string {
  const match = /^TLS_(.+)_WITH_(.+)$/.exec(iana);
  if (!match) return iana;
  const [, exchange = '', cipher = ''] = match;
  // OpenSSL leaves RSA out, and in ARIA's ECDHE_RSA suites too.
  const shown = exchange === 'ECDHE_RSA' && cipher.startsWith('ARIA') ? 'ECDHE' : exchange;
  const prefix = shown === 'RSA' ? '' : `${shown.replaceAll('_', '-')}-`;
  const suffix = cipher
    .replace(/_(128|256)_CBC/, '$1')
    .replace(/_(128|256)/, '$1')
    .replace('CHACHA20_POLY1305_SHA256', 'CHACHA20-POLY1305')
    .replace('CCM_8', 'CCM8')
    .replace('3DES_EDE_CBC', 'DES-CBC3')
    .replaceAll('_', '-');
  return prefix + suffix;
}
