import { getRandomValues, type webcrypto } from 'node:crypto';
import type { KeyPair } from '../keys/key-store.ts';
import { type SignatureScheme, signBytes, webCryptoAlgorithm } from './sign.ts';

type CryptoKey = webcrypto.CryptoKey;
type Crypto = webcrypto.Crypto;

interface NativeSigningKey {
  readonly algorithm: object;
  readonly pair: KeyPair;
  readonly scheme: SignatureScheme;
}

/**
 * What @peculiar/x509 needs of WebCrypto, done by `node:crypto`: no import of keys, and the keys and digests that
 * WebCrypto does not know (secp256k1, RSA-1024, MD5) work too.
 */
export const nativeCrypto = {
  getRandomValues,
  subtle: {
    async sign(_algorithm: unknown, key: NativeSigningKey, bytes: ArrayBuffer): Promise<ArrayBuffer> {
      const signature = signBytes(key.pair, key.scheme, new Uint8Array(bytes), 'ieee-p1363');
      return new Uint8Array(signature).buffer;
    },
  },
} as unknown as Crypto;

export function nativeSigningKey(pair: KeyPair, scheme: SignatureScheme): CryptoKey {
  const key: NativeSigningKey = { algorithm: webCryptoAlgorithm(pair, scheme), pair, scheme };
  return key as unknown as CryptoKey;
}
