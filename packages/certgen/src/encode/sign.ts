import { constants, sign as nativeSign } from 'node:crypto';
import { curveOf, isRsa } from '../keys/key-kind.ts';
import type { KeyPair } from '../keys/key-store.ts';
import type { SignatureHash } from '../recipe/certificate-draft.ts';

export interface SignatureScheme {
  readonly hash: SignatureHash;
  readonly padding: 'pkcs1' | 'pss';
}

const WEB_CRYPTO_HASHES: Readonly<Record<SignatureHash, string>> = {
  // @peculiar/x509 has no MD5; the bend `md5-signature` rewrites the identifier and signs again.
  md5: 'SHA-1',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

const DIGEST_BYTES: Readonly<Record<SignatureHash, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** The algorithm in WebCrypto's words, which @peculiar/x509 turns into the AlgorithmIdentifier. */
export function webCryptoAlgorithm(
  { kind }: KeyPair,
  { hash, padding }: SignatureScheme,
): EcKeyAlgorithm & { hash?: string } {
  const curve = curveOf(kind);
  if (curve !== undefined) return { name: 'ECDSA', namedCurve: curve.webCrypto, hash: WEB_CRYPTO_HASHES[hash] };
  if (kind === 'ed25519') return { name: 'Ed25519' } as EcKeyAlgorithm;
  const rsa =
    padding === 'pss'
      ? { name: 'RSA-PSS', hash: WEB_CRYPTO_HASHES[hash], saltLength: DIGEST_BYTES[hash] }
      : { name: 'RSASSA-PKCS1-v1_5', hash: WEB_CRYPTO_HASHES[hash] };
  return rsa as unknown as EcKeyAlgorithm;
}

type EcKeyAlgorithm = { name: string; namedCurve: string };

/** Signs with OpenSSL directly. `encoding` matters for ECDSA only: `der` as certificates hold it, or WebCrypto's `ieee-p1363`. */
export function signBytes(
  key: KeyPair,
  { hash, padding }: SignatureScheme,
  bytes: Uint8Array,
  encoding: 'der' | 'ieee-p1363' = 'der',
): Buffer {
  if (key.kind === 'ed25519') return nativeSign(null, bytes, key.privateKey);
  const pss = isRsa(key.kind) && padding === 'pss';
  return nativeSign(hash, bytes, {
    key: key.privateKey,
    dsaEncoding: encoding,
    ...(pss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: DIGEST_BYTES[hash] } : {}),
  });
}
