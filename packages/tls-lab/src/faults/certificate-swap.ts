import type { CertificateBundle } from '@wirewrap/certgen';
import { HandshakeType } from '../tls/handshake-type.ts';
import { handshakeMessage } from '../transcript/handshake-stream.ts';
import type { Fault } from './fault.ts';
import { hasRequestContext, mapMessages } from './hello-edits.ts';
import { abortsMaybeSilent } from './reactions.ts';

/**
 * The fault behind `TlsServerOptions.presentAnyway`: another certificate in the Certificate message than the one that
 * the host's own end has. It is no row of the table, because it needs the certificate.
 */
export function certificateSwap({ leaf, intermediates }: CertificateBundle): Fault {
  return {
    name: 'certificate-swap',
    level: 'record',
    step: 'certificate',
    does: 'Presents a certificate that OpenSSL itself would refuse to load.',
    act: { act: 'certificate', chain: [leaf, ...intermediates].map(({ der }) => der) },
    correct: abortsMaybeSilent(
      ['bad_record_mac', 'bad_certificate', 'certificate_unknown', 'unknown_ca', 'decode_error', 'decrypt_error'],
      'the certificate, the signature or the Finished does not verify',
    ),
    sentBy: 'server',
  };
}

/** The content of a record with these certificates in its Certificate message. */
export function withCertificates(chain: readonly Uint8Array[], content: Buffer): Buffer {
  return mapMessages(content, (type, body) => {
    if (type !== HandshakeType.certificate) return handshakeMessage(type, body);
    const tls13 = hasRequestContext(body);
    // TLS 1.3: each has a list of extensions, empty here.
    const entries = chain.map((der) => Buffer.concat([length(der.length), der, Buffer.alloc(tls13 ? 2 : 0)]));
    const list = Buffer.concat(entries);
    return handshakeMessage(
      HandshakeType.certificate,
      Buffer.concat([Buffer.alloc(tls13 ? 1 : 0), length(list.length), list]),
    );
  });
}

function length(bytes: number): Buffer {
  const field = Buffer.alloc(3);
  field.writeUIntBE(bytes, 0, 3);
  return field;
}
