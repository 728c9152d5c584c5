import type { CertificateFile } from '../certificate-bundle.ts';

export type PemLabel =
  | 'CERTIFICATE'
  | 'X509 CRL'
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'RSA PRIVATE KEY'
  | 'EC PRIVATE KEY';

/** RFC 7468: 64 characters a line, one newline at the end. */
export function toPem(label: PemLabel, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

export function fileOf(label: PemLabel, der: Uint8Array): CertificateFile {
  return { pem: toPem(label, der), der: new Uint8Array(der) };
}
