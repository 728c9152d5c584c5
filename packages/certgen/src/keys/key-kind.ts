/** Key algorithms that a certificate can be made for. */
export const KEY_KINDS = [
  'rsa-1024',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
  'p-256',
  'p-384',
  'p-521',
  'secp256k1',
  'ed25519',
] as const;

/** Algorithm and size of a key. */
export type KeyKind = (typeof KEY_KINDS)[number];

/** Name of the curve in WebCrypto (which @peculiar/x509 speaks) and in OpenSSL (which makes the key). */
interface Curve {
  readonly webCrypto: string;
  readonly openssl: string;
}

const CURVES: Partial<Record<KeyKind, Curve>> = {
  'p-256': { webCrypto: 'P-256', openssl: 'prime256v1' },
  'p-384': { webCrypto: 'P-384', openssl: 'secp384r1' },
  'p-521': { webCrypto: 'P-521', openssl: 'secp521r1' },
  secp256k1: { webCrypto: 'K-256', openssl: 'secp256k1' },
};

export function isRsa(kind: KeyKind): boolean {
  return kind.startsWith('rsa-');
}

/** The curve of an elliptic kind, undefined for RSA and Ed25519. */
export function curveOf(kind: KeyKind): Curve | undefined {
  return CURVES[kind];
}

/** What `crypto.generateKeyPair` is asked for. */
export function generationOf(kind: KeyKind): { readonly type: 'rsa' | 'ec' | 'ed25519'; readonly options: object } {
  const curve = CURVES[kind];
  if (curve !== undefined) return { type: 'ec', options: { namedCurve: curve.openssl } };
  if (kind === 'ed25519') return { type: 'ed25519', options: {} };
  return { type: 'rsa', options: { modulusLength: Number(kind.slice('rsa-'.length)), publicExponent: 0x10001 } };
}
