import 'reflect-metadata';
import { AuthorityKeyIdentifierExtension, Extension, X509CrlGenerator, X509CrlReason } from '@peculiar/x509';
import type { KeyPair } from '../keys/key-store.ts';
import type { NameAttribute, RevocationDraft } from '../recipe/certificate-draft.ts';
import { keyIdentifier } from './build-certificate.ts';
import { distinguishedName } from './name.ts';
import { nativeCrypto, nativeSigningKey } from './native-crypto.ts';
import { webCryptoAlgorithm } from './sign.ts';

const CRL_NUMBER_OID = '2.5.29.20';
const SCHEME = { hash: 'sha256', padding: 'pkcs1' } as const;

/** A version 2 list with the two extensions that RFC 5280 section 5.2 demands: authorityKeyIdentifier and cRLNumber. */
export async function buildCrl(
  draft: RevocationDraft,
  serials: readonly string[],
  issuer: { readonly subject: readonly NameAttribute[]; readonly key: KeyPair },
): Promise<Buffer> {
  const thisUpdate = new Date(draft.thisUpdate);
  const list = await X509CrlGenerator.create(
    {
      issuer: distinguishedName(issuer.subject),
      thisUpdate,
      nextUpdate: new Date(draft.nextUpdate),
      entries: serials.map((serialNumber) => ({
        serialNumber,
        revocationDate: thisUpdate,
        reason: X509CrlReason.keyCompromise,
      })),
      extensions: [
        new AuthorityKeyIdentifierExtension(keyIdentifier(issuer.key)),
        new Extension(CRL_NUMBER_OID, false, crlNumber(thisUpdate)),
      ],
      signingAlgorithm: webCryptoAlgorithm(issuer.key, SCHEME),
      signingKey: nativeSigningKey(issuer.key, SCHEME),
    },
    nativeCrypto,
  );
  return Buffer.from(list.rawData);
}

/** INTEGER: the day of the list, which only grows. */
function crlNumber(thisUpdate: Date): Buffer {
  const days = Math.max(1, Math.floor(thisUpdate.getTime() / 86_400_000));
  return Buffer.of(0x02, 0x04, ...[24, 16, 8, 0].map((shift) => (days >> shift) & 0xff));
}
