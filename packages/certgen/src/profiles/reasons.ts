import type { MbedtlsFlag, MbedtlsVerdict, OpensslSays } from '../recipe/certificate-profile.ts';

/** `X509_verify_cert_error_string` of OpenSSL 3, for the numbers of the table. */
const OPENSSL_REASONS: Readonly<Record<number, string>> = {
  0: 'ok',
  2: 'unable to get issuer certificate',
  7: 'certificate signature failure',
  9: 'certificate is not yet valid',
  10: 'certificate has expired',
  12: 'CRL has expired',
  13: "format error in certificate's notBefore field",
  18: 'self-signed certificate',
  20: 'unable to get local issuer certificate',
  23: 'certificate revoked',
  24: 'invalid CA certificate',
  25: 'path length constraint exceeded',
  26: 'unsuitable certificate purpose',
  32: 'key usage does not include certificate signing',
  34: 'unhandled critical extension',
  47: 'permitted subtree violation',
  48: 'excluded subtree violation',
  62: 'hostname mismatch',
  64: 'IP address mismatch',
  66: 'EE certificate key too weak',
  67: 'CA certificate key too weak',
  68: 'CA signature digest algorithm too weak',
  79: 'invalid CA certificate',
};

/** `mbedtls_x509_crt_verify_info` (library/x509_crt.c), which MicroPython puts into its ValueError. */
const MBEDTLS_REASONS: Readonly<Record<MbedtlsFlag, string>> = {
  EXPIRED: 'The certificate validity has expired',
  REVOKED: 'The certificate has been revoked (is on a CRL)',
  CN_MISMATCH: 'The certificate Common Name (CN) does not match with the expected CN',
  NOT_TRUSTED: 'The certificate is not correctly signed by the trusted CA',
  FUTURE: 'The certificate validity starts in the future',
  KEY_USAGE: 'Usage does not match the keyUsage extension',
  EXT_KEY_USAGE: 'Usage does not match the extendedKeyUsage extension',
  BAD_MD: 'The certificate is signed with an unacceptable hash.',
  BAD_PK: 'The certificate is signed with an unacceptable PK alg (eg RSA vs ECDSA).',
  BAD_KEY: 'The certificate is signed with an unacceptable key (eg bad curve, RSA too short).',
  CRL_EXPIRED: 'The CRL is expired',
};

/** `error 10, certificate has expired`; alternatives joined with “or”. */
export function opensslReason(says: OpensslSays): string {
  const list: readonly (number | string)[] = typeof says === 'object' ? says : [says];
  return list.map(one).join(', or ');
}

function one(says: number | string): string {
  if (says === 0) return 'accepts it';
  if (typeof says === 'number') return `error ${says}, ${OPENSSL_REASONS[says] ?? 'see x509_vfy.h'}`;
  // Alternatives are parts of one pattern; the first is the wording of OpenSSL 3.
  return `stops: ${says.split('|')[0]}`;
}

export function mbedtlsReason(verdict: MbedtlsVerdict): string {
  if (verdict.accepts) {
    if (verdict.withCrl === undefined) return 'accepts it';
    return `accepts it; given the CRL it would say ${flagTexts(verdict.withCrl)}`;
  }
  if ('stops' in verdict) return `stops, with any cert_reqs: ${verdict.stops}`;
  const raised = verdict.errno === undefined ? 'ValueError' : `OSError(${verdict.errno})`;
  const why = verdict.flags.length === 0 ? '' : `, ${flagTexts(verdict.flags)}`;
  return `refuses with CERT_REQUIRED: ${raised}${why}; with CERT_NONE it completes`;
}

function flagTexts(flags: readonly MbedtlsFlag[]): string {
  return flags
    .map(
      (flag) =>
        `"${MBEDTLS_REASONS[flag]}" (MBEDTLS_X509_BAD${flag === 'CRL_EXPIRED' ? 'CRL_EXPIRED' : `CERT_${flag}`})`,
    )
    .join(' and ');
}
