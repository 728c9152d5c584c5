import type { CertificateFile } from './certificate-bundle.ts';

/** What is between the dashes of a PEM file. */
export type PemLabel =
  | 'CERTIFICATE'
  | 'X509 CRL'
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'RSA PRIVATE KEY'
  | 'EC PRIVATE KEY';

/**
 * DER as PEM (RFC 7468): 64 characters a line, one newline at the end.
 *
 * @example toPem('CERTIFICATE', bundle.leaf.der)
 */
export function toPem(label: PemLabel, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/**
 * The DER of the first block of a PEM text, whatever its label; no bytes where there is no block.
 *
 * @example derOf(bundle.leaf.pem)
 */
export function derOf(pem: string): Uint8Array {
  const [, base64 = ''] = /-----BEGIN [^-]+-----([^-]*)-----END /.exec(pem) ?? [];
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

export function fileOf(label: PemLabel, der: Uint8Array): CertificateFile {
  return { pem: toPem(label, der), der: new Uint8Array(der) };
}
