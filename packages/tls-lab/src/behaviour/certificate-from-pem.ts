import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type CertificateBundle, type CertificateFile, toPem } from '@wirewrap/certgen';
import { TlsLabError } from '../tls-lab-error.ts';

/** One's own key and certificates as PEM texts. */
export interface PemFiles {
  /** The private key, not encrypted. */
  readonly key: string;
  /** The certificate, and behind it the intermediates in the order in which they are sent. */
  readonly cert: string;
  /** The trust anchor, or several; default: the last certificate of `cert`. */
  readonly ca?: string;
  /** Which end presents it. Default `server`. */
  readonly role?: 'server' | 'client';
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * One's own PEM in the form that `tls.connect`, `tls.serve` and the peers take. Throws a TlsLabError `BAD_CERTIFICATE` where a
 * text is no PEM or the key belongs to another certificate; the message never holds a part of the key.
 *
 * @example
 * const certificate = certificateFromPem({ key: readFileSync('key.pem', 'utf8'), cert: readFileSync('cert.pem', 'utf8') });
 * const handshake = await tls.connect({ certificate });
 */
export function certificateFromPem({ key, cert, ca, role = 'server' }: PemFiles): CertificateBundle {
  const chain = certificatesOf('cert', cert);
  const [leaf, ...intermediates] = chain;
  const anchors = ca === undefined ? chain.slice(-1) : certificatesOf('ca', ca);
  const anchor = anchors[0];
  if (leaf === undefined || anchor === undefined) throw bad('cert holds no certificate');
  const privateKey = keyOf(key);
  if (!leaf.parsed.checkPrivateKey(privateKey))
    throw bad('key belongs to another certificate than the first one of cert');
  const chainPem = chain.map(({ pem }) => pem).join('');
  return {
    profile: 'from-pem',
    role,
    host: hostOf(leaf.parsed),
    key: { pem: key, der: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })) },
    leaf: fileOf(leaf),
    intermediates: intermediates.map(fileOf),
    ca: fileOf(anchor),
    anchors: anchors.map(fileOf),
    crls: [],
    chainPem,
    combinedPem: `${key.trimEnd()}\n${chainPem}`,
  };
}

interface Parsed extends CertificateFile {
  readonly parsed: X509Certificate;
}

function certificatesOf(name: string, text: string): Parsed[] {
  const blocks = typeof text === 'string' ? (text.match(BLOCK) ?? []) : [];
  if (blocks.length === 0) throw bad(`${name} holds no PEM block CERTIFICATE`);
  return blocks.map((block, index) => {
    try {
      const parsed = new X509Certificate(block);
      const der = new Uint8Array(parsed.raw);
      return { pem: toPem('CERTIFICATE', der), der, parsed };
    } catch (cause) {
      throw bad(`certificate ${index + 1} of ${name} cannot be read`, cause);
    }
  });
}

function keyOf(key: string) {
  try {
    return createPrivateKey(key);
  } catch (cause) {
    throw bad('key is no private key in PEM without a password', cause);
  }
}

function fileOf({ pem, der }: Parsed): CertificateFile {
  return { pem, der };
}

/** The first name or address of the certificate. */
function hostOf({ subject, subjectAltName }: X509Certificate): string {
  const name = /(?:DNS|IP Address):([^,\s]+)/.exec(subjectAltName ?? '')?.[1];
  return name ?? /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
}

function bad(what: string, cause?: unknown): TlsLabError {
  return new TlsLabError('BAD_CERTIFICATE', `certificateFromPem: ${what}.`, { cause });
}
