import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
} from '@peculiar/x509';
import type { AltName, CertificateDraft, ExtendedKeyUsageName } from '../recipe/certificate-draft.ts';
import { canonicalAddress } from './address.ts';
import { nameConstraints } from './name-constraints.ts';

const USAGE_OIDS: Readonly<Record<string, string>> = {
  serverAuth: ExtendedKeyUsage.serverAuth,
  clientAuth: ExtendedKeyUsage.clientAuth,
  codeSigning: ExtendedKeyUsage.codeSigning,
  emailProtection: ExtendedKeyUsage.emailProtection,
  timeStamping: ExtendedKeyUsage.timeStamping,
  ocspSigning: ExtendedKeyUsage.ocspSigning,
  anyExtendedKeyUsage: '2.5.29.37.0',
};

function usageOid(usage: ExtendedKeyUsageName): string {
  return USAGE_OIDS[usage] ?? usage;
}

function generalName({ type, value }: AltName): JsonGeneralName {
  if (type === 'ip') return { type, value: canonicalAddress(value) };
  return { type: type === 'uri' ? 'url' : type, value };
}

export interface KeyIdentifiers {
  readonly subject: string;
  /** Null when the certificate signs itself. */
  readonly issuer: string | null;
}

/** The draft's extensions in the order in which OpenSSL writes them. */
export function extensionsOf(draft: CertificateDraft, identifiers: KeyIdentifiers): Extension[] {
  const list: Extension[] = [];
  if (draft.ca !== null) {
    const { ca } = draft;
    list.push(ca === false ? new BasicConstraintsExtension(false, undefined, true) : caConstraint(ca.pathLength));
  }
  if (draft.keyUsage !== null) {
    const flags = draft.keyUsage.reduce((sum, usage) => sum | KeyUsageFlags[usage], 0);
    list.push(new KeyUsagesExtension(flags, true));
  }
  if (draft.extendedKeyUsage !== null) list.push(new ExtendedKeyUsageExtension(draft.extendedKeyUsage.map(usageOid)));
  if (draft.keyIdentifiers !== false) {
    list.push(new SubjectKeyIdentifierExtension(identifiers.subject));
    if (identifiers.issuer !== null) list.push(new AuthorityKeyIdentifierExtension(identifiers.issuer));
  }
  if (draft.altNames !== null) {
    // RFC 5280 section 4.2.1.6: critical when the subject is empty.
    list.push(new SubjectAlternativeNameExtension(draft.altNames.map(generalName), draft.subject.length === 0));
  }
  if (draft.nameConstraints !== undefined) list.push(nameConstraints(draft.nameConstraints));
  if (draft.crlUrl !== undefined) list.push(new CRLDistributionPointsExtension([draft.crlUrl]));
  for (const { oid, critical, hex } of draft.extensions ?? []) {
    list.push(new Extension(oid, critical, Buffer.from(hex, 'hex')));
  }
  return list;
}

function caConstraint(pathLength: number | undefined): Extension {
  return new BasicConstraintsExtension(true, pathLength, true);
}
