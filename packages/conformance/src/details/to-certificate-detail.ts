import { X509Certificate } from 'node:crypto';
import { toPem } from '@wirewrap/certgen';
import { instead } from '../debug.ts';
import type { CertificateDetail } from './certificate-detail.ts';

/** Node prints one attribute a line. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).join(', ');
}

/** A date outside of what JavaScript can express stays as Node wrote it. */
function isoDate(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

function describeKey(certificate: X509Certificate): string | null {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    const size = asymmetricKeyDetails?.namedCurve ?? asymmetricKeyDetails?.modulusLength;
    return [asymmetricKeyType, size].filter((part) => part !== undefined).join(' ');
  } catch (error) {
    // A key of a kind or on a curve that this Node's OpenSSL does not know.
    return instead(null, 'reading the key of a certificate')(error);
  }
}

/** Splits at the commas between names, not at those inside a quoted one. */
function splitNames(text: string | undefined): string[] {
  return text === undefined ? [] : (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).map((name) => name.trim());
}

/**
 * What the page shows of a certificate in DER.
 *
 * @example toCertificateDetail((await pki.certificate('expired')).leaf.der);
 */
export function toCertificateDetail(der: Uint8Array): CertificateDetail {
  const pem = toPem('CERTIFICATE', der);
  try {
    const certificate = new X509Certificate(der);
    return {
      pem,
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      notBefore: isoDate(certificate.validFrom),
      notAfter: isoDate(certificate.validTo),
      names: splitNames(certificate.subjectAltName),
      key: describeKey(certificate),
      authority: certificate.ca,
      selfIssued: certificate.subject === certificate.issuer,
      sha256: certificate.fingerprint256,
    };
  } catch (error) {
    const unreadable = error instanceof Error ? error.message : String(error);
    return {
      pem,
      subject: '',
      issuer: '',
      notBefore: '',
      notAfter: '',
      names: [],
      key: null,
      authority: false,
      selfIssued: false,
      sha256: '',
      unreadable,
    };
  }
}
