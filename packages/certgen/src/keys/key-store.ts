import { createPrivateKey, createPublicKey, generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { log } from '../log.ts';
import { claimSealed, readSealed } from '../sealed-file.ts';
import { generationOf, isRsa, type KeyKind } from './key-kind.ts';

/** A private key with what certificates need of it, computed once. */
export interface KeyPair {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  /** PKCS#8. */
  readonly pem: string;
  readonly der: Buffer;
  readonly spki: Buffer;
  /** The content of subjectPublicKey: what key identifiers hash. */
  readonly publicKeyBits: Buffer;
}

const KEY_MODE = 0o600;

type Generate<Result> = (type: string, options: object) => Result;

const inThreadPool = promisify(generateKeyPair) as unknown as Generate<Promise<{ readonly privateKey: KeyObject }>>;
const atOnce = generateKeyPairSync as unknown as Generate<{ readonly privateKey: KeyObject }>;

/** RSA keys in parallel; the others take a tenth of a millisecond, which is less than the way to another thread. */
async function generate(kind: KeyKind): Promise<KeyObject> {
  const { type, options } = generationOf(kind);
  const { privateKey } = isRsa(kind) ? await inThreadPool(type, options) : atOnce(type, options);
  return privateKey;
}

/**
 * Private keys by kind and role, made natively (OpenSSL in libuv's thread pool) and kept in the cache with mode 0600.
 * Every profile whose leaf is P-256 shares one leaf key: the certificates differ, not the key.
 */
export class KeyStore {
  readonly #folder: string;
  readonly #keys = new Map<string, Promise<KeyPair>>();

  constructor(cacheFolder: string) {
    this.#folder = join(cacheFolder, 'cache', 'keys');
  }

  key(kind: KeyKind, role: string): Promise<KeyPair> {
    const name = `${kind}-${role}`;
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = this.#load(kind, join(this.#folder, `${encodeURIComponent(name)}.pem`));
      this.#keys.set(name, key);
      key.catch((error: unknown) => {
        log('%s is not kept: %s', name, error);
        this.#keys.delete(name);
      });
    }
    return key;
  }

  async #load(kind: KeyKind, path: string): Promise<KeyPair> {
    const cached = readSealed(path);
    if (cached !== null) {
      keepPrivate(path);
      return keyPair(kind, cached);
    }
    const pem = (await generate(kind)).export({ type: 'pkcs8', format: 'pem' }) as string;
    return keyPair(kind, claimSealed(path, pem, KEY_MODE));
  }
}

/** A cache that was copied or unpacked may have lost its modes. */
function keepPrivate(path: string): void {
  if (process.platform === 'win32') return;
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, KEY_MODE);
  } catch (error) {
    // Somebody else's file, or gone meanwhile: nothing that a reader could mend.
    log('%s keeps its mode: %s', path, (error as NodeJS.ErrnoException).code);
  }
}

function keyPair(kind: KeyKind, pem: string): KeyPair {
  const privateKey = createPrivateKey(pem);
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  return { kind, privateKey, pem, der, spki, publicKeyBits: bitString(spki) };
}

/** SubjectPublicKeyInfo is SEQUENCE { algorithm SEQUENCE, subjectPublicKey BIT STRING }; the bits follow one zero byte. */
function bitString(spki: Buffer): Buffer {
  const outer = element(spki, 0);
  const algorithm = element(spki, outer.start);
  const bits = element(spki, algorithm.end);
  return spki.subarray(bits.start + 1, bits.end);
}

function element(der: Buffer, at: number): { start: number; end: number } {
  const first = der.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  return { start, end: start + length };
}
