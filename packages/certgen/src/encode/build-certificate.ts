// tsyringe, inside @peculiar/x509 2, refuses to load without it.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import type { KeyPair } from '../keys/key-store.ts';
import type { CertificateDraft, NameAttribute } from '../recipe/certificate-draft.ts';
import { applyBends } from './bends.ts';
import { extensionsOf } from './extensions.ts';
import { distinguishedName } from './name.ts';
import { nativeCrypto, nativeSigningKey } from './native-crypto.ts';
import { type SignatureScheme, webCryptoAlgorithm } from './sign.ts';

/** Who signs, and with what. */
export interface Issuer {
  readonly subject: readonly NameAttribute[];
  /** The key that the issuer's certificate holds: its identifier goes into authorityKeyIdentifier. */
  readonly certifiedKey: KeyPair;
  /** The key that signs: another one in a forgery. */
  readonly signingKey: KeyPair;
  readonly self: boolean;
}

function schemeOf(draft: Pick<CertificateDraft, 'hash' | 'padding'>): SignatureScheme {
  return { hash: draft.hash ?? 'sha256', padding: draft.padding ?? 'pkcs1' };
}

/** RFC 5280 section 4.2.1.2 (1): SHA-1 of the public key's bits. */
export function keyIdentifier({ publicKeyBits }: KeyPair): string {
  return createHash('sha1').update(publicKeyBits).digest('hex');
}

/** One signed certificate in DER. The same draft and keys give the same bytes except for the signature. */
export async function buildCertificate(
  draft: CertificateDraft,
  serial: string,
  key: KeyPair,
  issuer: Issuer,
): Promise<Buffer> {
  const scheme = schemeOf(draft);
  const extensions = extensionsOf(draft, {
    subject: keyIdentifier(key),
    issuer: issuer.self ? null : keyIdentifier(issuer.certifiedKey),
  });
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serial,
      subject: distinguishedName(draft.subject),
      issuer: distinguishedName(issuer.subject),
      notBefore: new Date(draft.notBefore),
      notAfter: new Date(draft.notAfter),
      publicKey: new Uint8Array(key.spki),
      signingAlgorithm: webCryptoAlgorithm(issuer.signingKey, scheme),
      signingKey: nativeSigningKey(issuer.signingKey, scheme),
      extensions,
    },
    nativeCrypto,
  );
  const der = Buffer.from(certificate.rawData);
  const empty = extensions.length === 0 ? (['without-extensions'] as const) : [];
  const bends = [...empty, ...(draft.bends ?? [])];
  return bends.length === 0 ? der : applyBends(der, bends, issuer.signingKey, scheme);
}
