import { X509Certificate } from 'node:crypto';
import type { Handshake } from '../handshake.ts';
import type { FailureFile } from './failure-folder.ts';

/** Certificates of both ends as PEM: as they crossed the wire, and the bundle's trust anchor. No keys. */
export function certificateFiles({ wire, certificate }: Handshake): FailureFile[] {
  const files: FailureFile[] = [];
  const add = (name: string, pem: string) => files.push({ path: `certificates/${name}.pem`, content: pem });
  if (certificate) {
    add('presented', certificate.chainPem);
    add('trust-anchor', certificate.ca.pem);
  }
  if (wire?.peerCertificates?.length) add('sent-by-peer', wire.peerCertificates.map(pemOf).join(''));
  if (wire?.boardCertificates.length) add('sent-by-board', wire.boardCertificates.map(pemOf).join(''));
  return files;
}

/** Also what does not parse as a certificate is shown as what it was sent for. */
function pemOf(der: Uint8Array): string {
  try {
    return new X509Certificate(der).toString();
  } catch {
    const lines =
      Buffer.from(der)
        .toString('base64')
        .match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  }
}
