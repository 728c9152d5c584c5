import { sign } from 'node:crypto';
import { HandshakeType } from '@wirewrap/tls-lab';
import { handshakeRecord, message, sixteen, vector } from '../raw/server-messages.ts';
import { type HelloRow, p256Share, type ToAnswer } from './hello-row.ts';

/** The Certificate message of one certificate. */
const certificate = (der: Uint8Array): Buffer => message(HandshakeType.certificate, vector(3, vector(3, der)));

/** In front of the length of its first certificate: the header and the length of the list. */
const FIRST_LENGTH = 4 + 3;

/** `rsa_pkcs1_` with these hashes, by their numbers in RFC 5246 section 7.4.1.4.1. */
const RSA = { sha1: 0x0201, sha256: 0x0401, sha512: 0x0601 } as const;

/** Certificate, ClientKeyExchange and CertificateVerify, whose signature holds. */
function proof({ messages, client }: ToAnswer, hash: keyof typeof RSA): Buffer {
  const presented = [
    certificate(client.leaf.der),
    message(HandshakeType.client_key_exchange, vector(1, p256Share())),
  ] as const;
  const signature = sign(hash, Buffer.concat([...messages, ...presented]), client.key.pem);
  const verify = Buffer.concat([sixteen(RSA[hash]), vector(2, signature)]);
  return handshakeRecord(...presented, message(HandshakeType.certificate_verify, verify));
}

const ASKED = { version: 'TLSv1.2', asksForCertificate: true } as const;

/** What a client presents to a server that asks for its certificate. */
export const CLIENT_CERTIFICATE_ROWS: readonly HelloRow[] = [
  {
    name: 'certificate-request',
    ...ASKED,
    does: 'Lets itself be asked for a certificate.',
    careful: 'serves',
    why: 'the request lists what the server can verify, what it prefers first: any order is right (RFC 5246 section 7.4.4)',
    right: ({ signatureAlgorithms = [] }) => signatureAlgorithms.length > 0,
  },
  {
    name: 'certificate-of-64-kib',
    ...ASKED,
    does: 'Its only certificate says that it has 64 KiB more than there are.',
    careful: 'refuses',
    why: 'a length that does not fit is answered with decode_error (RFC 5246 section 7.2.2)',
    afterwards: ({ client }) => {
      const whole = certificate(client.leaf.der);
      whole.writeUInt8(1, FIRST_LENGTH);
      return handshakeRecord(whole);
    },
  },
  {
    name: 'certificate-verify-sha256',
    ...ASKED,
    does: 'Signs its CertificateVerify with SHA-256, which the server offered.',
    careful: 'serves',
    why: 'what was offered may sign (RFC 5246 section 7.4.8)',
    afterwards: (sofar) => proof(sofar, 'sha256'),
  },
  ...(['sha1', 'sha512'] as const).map(
    (hash): HelloRow => ({
      name: `certificate-verify-${hash}`,
      ...ASKED,
      does: `Signs its CertificateVerify with ${hash.replace('sha', 'SHA-')}, which the server did not offer; the signature holds.`,
      careful: 'refuses',
      why: 'only what was offered may sign (RFC 5246 section 7.4.8), and an error is told by an alert (section 7.2.2)',
      afterwards: (sofar) => proof(sofar, hash),
    }),
  ),
];
