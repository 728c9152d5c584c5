import { createHmac } from 'node:crypto';
import type { SuiteParameters } from './suite-parameters.ts';

/** P_hash of RFC 5246, section 5. */
function pHash(hash: string, secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
  const hmac = (...parts: Uint8Array[]): Buffer => {
    const digest = createHmac(hash, secret);
    for (const part of parts) digest.update(part);
    return digest.digest();
  };
  const out: Buffer[] = [];
  let a = hmac(seed);
  for (let size = 0; size < length; size += a.length) {
    out.push(hmac(a, seed));
    a = hmac(a);
  }
  return Buffer.concat(out).subarray(0, length);
}

/** The PRF of TLS 1.2 (RFC 5246) or of 1.0 and 1.1 (RFC 2246: MD5 and SHA-1 over the halves of the secret). */
function prf(version: number, hash: string, secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
  if (version >= 0x0303) return pHash(hash, secret, seed, length);
  const half = Math.ceil(secret.length / 2);
  const md5 = pHash('md5', secret.subarray(0, half), seed, length);
  const sha1 = pHash('sha1', secret.subarray(secret.length - half), seed, length);
  return Buffer.from(md5.map((byte, at) => byte ^ (sha1[at] ?? 0)));
}

export interface WriteKeys {
  readonly key: Buffer;
  readonly iv: Buffer;
  readonly macKey: Buffer;
}

/** Key block of TLS 1.0 to 1.2 (RFC 5246, section 6.3). */
export function keyBlock(
  version: number,
  suite: SuiteParameters,
  masterSecret: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): { client: WriteKeys; server: WriteKeys } {
  const ivLength =
    suite.mode === 'gcm' || suite.mode === 'ccm'
      ? 4
      : suite.mode === 'chacha20'
        ? 12
        : version < 0x0302
          ? suite.blockLength
          : 0;
  const seed = Buffer.concat([Buffer.from('key expansion'), serverRandom, clientRandom]);
  const block = prf(version, suite.prfHash, masterSecret, seed, 2 * (suite.macLength + suite.keyLength + ivLength));
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return block.subarray(at - length, at);
  };
  const [clientMac, serverMac] = [take(suite.macLength), take(suite.macLength)];
  const [clientKey, serverKey] = [take(suite.keyLength), take(suite.keyLength)];
  const [clientIv, serverIv] = [take(ivLength), take(ivLength)];
  return {
    client: { macKey: clientMac, key: clientKey, iv: clientIv },
    server: { macKey: serverMac, key: serverKey, iv: serverIv },
  };
}

/** HKDF-Expand-Label of RFC 8446, section 7.1, with an empty context. */
export function expandLabel(hash: string, secret: Uint8Array, label: string, length: number): Buffer {
  const text = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([length >> 8, length & 255, text.length]), text, Buffer.from([0])]);
  const out: Buffer[] = [];
  let block = Buffer.alloc(0);
  for (let size = 0, counter = 1; size < length; size += block.length, counter += 1) {
    block = createHmac(hash, secret)
      .update(block)
      .update(info)
      .update(Buffer.from([counter]))
      .digest();
    out.push(block);
  }
  return Buffer.concat(out).subarray(0, length);
}

/** Traffic keys of TLS 1.3 (RFC 8446, section 7.3). */
export function trafficKeys(suite: SuiteParameters, secret: Uint8Array): WriteKeys {
  return {
    key: expandLabel(suite.prfHash, secret, 'key', suite.keyLength),
    iv: expandLabel(suite.prfHash, secret, 'iv', 12),
    macKey: Buffer.alloc(0),
  };
}
