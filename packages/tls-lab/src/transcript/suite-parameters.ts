import { cipherSuiteName } from '../tls/names.ts';

/** How a cipher suite protects records. Read out of the suite's IANA name, which states it in full. */
export interface SuiteParameters {
  /** Name for `node:crypto`; null for NULL encryption. */
  readonly cipher: string | null;
  readonly mode: 'gcm' | 'ccm' | 'chacha20' | 'cbc' | 'null';
  readonly keyLength: number;
  readonly tagLength: number;
  /** Block size of CBC suites. */
  readonly blockLength: number;
  /** Hash of the record MAC (CBC and NULL suites). */
  readonly macHash: string;
  readonly macLength: number;
  /** Hash of the PRF from TLS 1.2 on, and of HKDF. */
  readonly prfHash: string;
}

const HASHES: Readonly<Record<string, { name: string; length: number }>> = {
  MD5: { name: 'md5', length: 16 },
  SHA: { name: 'sha1', length: 20 },
  SHA256: { name: 'sha256', length: 32 },
  SHA384: { name: 'sha384', length: 48 },
};

const NAME =
  /^TLS_(?:.+_WITH_)?(?:(AES|ARIA|CAMELLIA)_(128|256)_(GCM|CCM|CBC)|(CHACHA20_POLY1305)|(3DES_EDE_CBC)|(NULL))(_8)?(?:_(MD5|SHA|SHA256|SHA384))?$/;

/** Null for a suite that this harness cannot decrypt (RC4, DES, GOST, …). */
export function suiteParameters(number: number): SuiteParameters | null {
  const match = NAME.exec(cipherSuiteName(number));
  if (match === null) return null;
  const [, family, bits, mode, chacha, tripleDes, , eight, hashName = 'SHA256'] = match;
  const hash = HASHES[hashName] ?? { name: 'sha256', length: 32 };
  const prfHash = hash.name === 'sha384' ? 'sha384' : 'sha256';
  const aead = { blockLength: 0, macHash: '', macLength: 0, prfHash };
  if (chacha !== undefined) {
    return { ...aead, cipher: 'chacha20-poly1305', mode: 'chacha20', keyLength: 32, tagLength: 16 };
  }
  const cbc = { mode: 'cbc', tagLength: 0, macHash: hash.name, macLength: hash.length, prfHash } as const;
  if (tripleDes !== undefined) return { ...cbc, cipher: 'des-ede3-cbc', keyLength: 24, blockLength: 8 };
  if (family === undefined || bits === undefined) {
    return { ...cbc, cipher: null, mode: 'null', keyLength: 0, blockLength: 0 };
  }
  const cipher = `${family.toLowerCase()}-${bits}-${(mode ?? '').toLowerCase()}`;
  const keyLength = Number(bits) / 8;
  if (mode === 'CBC') return { ...cbc, cipher, keyLength, blockLength: 16 };
  return { ...aead, cipher, mode: mode === 'GCM' ? 'gcm' : 'ccm', keyLength, tagLength: eight === undefined ? 16 : 8 };
}
