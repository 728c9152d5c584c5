import { toPem } from '@wirewrap/certgen';
import type { Handshake } from '../handshake.ts';
import type { FailureFile } from './failure.ts';

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

/** Bytes that do not parse as a certificate are shown as what they were sent for. */
function pemOf(der: Uint8Array): string {
  return toPem('CERTIFICATE', der);
}
