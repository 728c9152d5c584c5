import { Extension } from '@peculiar/x509';
import forge from 'node-forge';
import type { CertificateDraft } from '../recipe/certificate-draft.ts';

const { asn1 } = forge;
const NAME_CONSTRAINTS_OID = '2.5.29.30';
const DNS_NAME_TAG = 2;

/** RFC 5280 section 4.2.1.10, DNS subtrees only; @peculiar/x509 has no class for it, so forge writes the DER. */
export function nameConstraints(subtrees: NonNullable<CertificateDraft['nameConstraints']>): Extension {
  const parts = [subtrees.permitted, subtrees.excluded].flatMap((names, tag) =>
    names === undefined ? [] : [asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, true, names.map(subtree))],
  );
  const value = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, parts);
  return new Extension(NAME_CONSTRAINTS_OID, true, Buffer.from(asn1.toDer(value).getBytes(), 'latin1'));
}

function subtree(name: string): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, DNS_NAME_TAG, false, name),
  ]);
}
