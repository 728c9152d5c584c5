import type { KeyKind } from '../keys/key-kind.ts';
import type { BendName } from './bend-name.ts';
import type { NameAttributeType } from './name-attribute-type.ts';

/** One attribute of a distinguished name: `['CN', 'board.test']`, `['emailAddress', 'lab@board.test']`. */
export type NameAttribute = readonly [type: NameAttributeType, value: string];

/** One entry of subjectAltName. `ip` takes IPv4 or IPv6 text, `dns` goes in as it is. */
export interface AltName {
  readonly type: 'dns' | 'ip' | 'email' | 'uri';
  readonly value: string;
}

export type KeyUsageName =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign';

/** Usages by name, or any dotted OID. */
export type ExtendedKeyUsageName =
  | 'serverAuth'
  | 'clientAuth'
  | 'codeSigning'
  | 'emailProtection'
  | 'timeStamping'
  | 'ocspSigning'
  | 'anyExtendedKeyUsage'
  | (`${number}.${string}` & {});

export type SignatureHash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** A key by kind and role; the same pair of names is the same key everywhere. */
export interface KeyReference {
  readonly kind: KeyKind;
  readonly role: string;
}

/** One certificate, every field named, nothing signed yet. Times are ISO 8601 in UTC, whole seconds. */
export interface CertificateDraft {
  readonly subject: readonly NameAttribute[];
  readonly key: KeyReference;
  readonly notBefore: string;
  readonly notAfter: string;
  /** basicConstraints: null leaves the extension out, false says that this is no CA. */
  readonly ca: false | null | { readonly pathLength?: number };
  /** keyUsage (critical); null leaves the extension out. */
  readonly keyUsage: readonly KeyUsageName[] | null;
  /** extKeyUsage; null leaves the extension out. */
  readonly extendedKeyUsage: readonly ExtendedKeyUsageName[] | null;
  /** subjectAltName; null leaves the extension out. */
  readonly altNames: readonly AltName[] | null;
  /** nameConstraints (critical): DNS subtrees. */
  readonly nameConstraints?: { readonly permitted?: readonly string[]; readonly excluded?: readonly string[] };
  /** Any other extension, value in hexadecimal DER. */
  readonly extensions?: readonly { readonly oid: string; readonly critical: boolean; readonly hex: string }[];
  /** Where the CRL would be; an URL that nothing here serves. */
  readonly crlUrl?: string;
  /** Default `sha256`. Ed25519 has no choice. */
  readonly hash?: SignatureHash;
  /** RSA issuers only. Default `pkcs1`. */
  readonly padding?: 'pkcs1' | 'pss';
  /** Signs with this key instead of the issuer's: a forgery under the issuer's name. */
  readonly signedWith?: KeyReference;
  /** Serial number in hexadecimal. Default: derived from the recipe. */
  readonly serial?: string;
  /** Default true: subjectKeyIdentifier and, unless self-issued, authorityKeyIdentifier. */
  readonly keyIdentifiers?: boolean;
  /** Deliberate damage to the DER, by name, in order. */
  readonly bends?: readonly BendName[];
}

/** A draft and who signs it: a label of the same recipe, or null for itself. */
export interface RecipeEntry extends CertificateDraft {
  readonly issuer: string | null;
}

/** A whole case, resolved against a clock and a request: plain data, so that it can be compared and hashed. */
export interface Recipe {
  readonly certificates: Readonly<Record<string, RecipeEntry>>;
  /** What the presenting end sends after `leaf`, in sending order. */
  readonly serve: readonly string[];
  /** The trust anchors that a careful end is given. */
  readonly trust: readonly string[];
  /** The key handed out with the leaf. Default the leaf's own. */
  readonly key?: KeyReference;
  /** Revocation lists that a careful peer would have. */
  readonly crls?: readonly RevocationDraft[];
}

/** A list of one issuer: which certificates of the recipe it takes back. Times as in a draft. */
export interface RevocationDraft {
  readonly issuer: string;
  readonly revokes: readonly string[];
  readonly thisUpdate: string;
  readonly nextUpdate: string;
}
