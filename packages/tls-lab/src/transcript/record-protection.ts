import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { instead } from '../log.ts';
import type { WriteKeys } from './key-derivation.ts';
import type { SuiteParameters } from './suite-parameters.ts';

/** The content of a protected record: the inner type in TLS 1.3, the outer one before. */
export interface Content {
  readonly type: number;
  readonly bytes: Buffer;
}

/**
 * Opens and seals the records of one direction under one set of keys (RFC 5246 6.2.3, RFC 7366, RFC 7905,
 * RFC 8446 5.2). The sequence number is handed in, so that a record can be replayed, skipped or inserted.
 */
export class RecordProtection {
  readonly #version: number;
  readonly #suite: SuiteParameters;
  readonly #keys: WriteKeys;
  readonly #encryptThenMac: boolean;
  readonly #random: (length: number) => Buffer;
  /** TLS 1.0 chains the IV from record to record: of what is read, and of what is sent on in its place. */
  #chainedIv: Buffer;
  #sentIv: Buffer;

  constructor(
    version: number,
    suite: SuiteParameters,
    keys: WriteKeys,
    encryptThenMac: boolean,
    random: (length: number) => Buffer = randomBytes,
  ) {
    this.#random = random;
    this.#version = version;
    this.#suite = suite;
    this.#keys = keys;
    this.#encryptThenMac = encryptThenMac;
    this.#chainedIv = keys.iv;
    this.#sentIv = keys.iv;
  }

  /** Tells of a record that was sent on as it came, so that a later `seal` continues from it. */
  sent(fragment: Uint8Array): void {
    if (this.#suite.mode === 'cbc') this.#sentIv = Buffer.from(fragment.subarray(-this.#suite.blockLength));
  }

  /** The type that a sealed record shows outside. */
  outerType(type: number): number {
    return this.#version >= 0x0304 ? 23 : type;
  }

  /** Null when the record does not verify. */
  open(sequence: number, type: number, version: number, fragment: Uint8Array): Content | null {
    try {
      const bytes = Buffer.from(fragment);
      if (this.#suite.mode === 'cbc') return { type, bytes: this.#openCbc(sequence, type, version, bytes) };
      if (this.#suite.mode === 'null') return { type, bytes: this.#checkMac(sequence, type, version, bytes) };
      const plain = this.#openAead(sequence, type, version, bytes);
      return this.#version >= 0x0304 ? innerContent(plain) : { type, bytes: plain };
    } catch (error) {
      return instead(null, 'opening a record')(error);
    }
  }

  /** The fragment of a protected record; its outer type in TLS 1.3 is 23. */
  seal(sequence: number, type: number, version: number, plain: Uint8Array): Buffer {
    const bytes = Buffer.from(plain);
    if (this.#suite.mode === 'cbc') return this.#sealCbc(sequence, type, version, bytes);
    if (this.#suite.mode === 'null') return Buffer.concat([bytes, this.#mac(sequence, type, version, bytes)]);
    const tls13 = this.#version >= 0x0304;
    const content = tls13 ? Buffer.concat([bytes, Buffer.from([type])]) : bytes;
    const explicit = this.#explicitNonce ? sequenceBytes(sequence) : Buffer.alloc(0);
    const options = { authTagLength: this.#suite.tagLength };
    const nonce = this.#nonce(sequence, explicit);
    const cipher = createCipheriv(this.#suite.cipher as CipherGCMTypes, this.#keys.key, nonce, options);
    const length = tls13 ? content.length + this.#suite.tagLength : content.length;
    cipher.setAAD(this.#additional(sequence, this.outerType(type), version, length), {
      plaintextLength: content.length,
    });
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([explicit, sealed, cipher.getAuthTag()]);
  }

  get #explicitNonce(): boolean {
    return this.#version < 0x0304 && this.#suite.mode !== 'chacha20';
  }

  #openAead(sequence: number, type: number, version: number, fragment: Buffer): Buffer {
    const explicit = fragment.subarray(0, this.#explicitNonce ? 8 : 0);
    const sealed = fragment.subarray(explicit.length, fragment.length - this.#suite.tagLength);
    const options = { authTagLength: this.#suite.tagLength };
    const nonce = this.#nonce(sequence, explicit);
    const decipher = createDecipheriv(this.#suite.cipher as CipherGCMTypes, this.#keys.key, nonce, options);
    const length = this.#version >= 0x0304 ? fragment.length : sealed.length;
    decipher.setAAD(this.#additional(sequence, type, version, length), { plaintextLength: sealed.length });
    decipher.setAuthTag(fragment.subarray(fragment.length - this.#suite.tagLength));
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  }

  #nonce(sequence: number, explicit: Buffer): Buffer {
    if (explicit.length > 0) return Buffer.concat([this.#keys.iv, explicit]);
    const nonce = Buffer.from(this.#keys.iv);
    sequenceBytes(sequence).forEach((byte, at) => {
      nonce[4 + at] = (nonce[4 + at] ?? 0) ^ byte;
    });
    return nonce;
  }

  #additional(sequence: number, type: number, version: number, length: number): Buffer {
    const header = Buffer.from([type, version >> 8, version & 255, length >> 8, length & 255]);
    return this.#version >= 0x0304 ? header : Buffer.concat([sequenceBytes(sequence), header]);
  }

  #openCbc(sequence: number, type: number, version: number, fragment: Buffer): Buffer {
    const { cipher, blockLength, macLength } = this.#suite;
    let body = fragment;
    if (this.#encryptThenMac) body = this.#checkMac(sequence, type, version, fragment);
    const iv = this.#version >= 0x0302 ? body.subarray(0, blockLength) : this.#chainedIv;
    const sealed = this.#version >= 0x0302 ? body.subarray(blockLength) : body;
    const decipher = createDecipheriv(cipher as string, this.#keys.key, iv).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(sealed), decipher.final()]);
    const padding = (padded.at(-1) ?? 0) + 1;
    if (padding > padded.length - (this.#encryptThenMac ? 0 : macLength)) throw new RangeError('bad padding');
    const content = padded.subarray(0, padded.length - padding);
    const plain = this.#encryptThenMac ? content : this.#checkMac(sequence, type, version, content);
    this.#chainedIv = Buffer.from(sealed.subarray(-blockLength));
    return plain;
  }

  #sealCbc(sequence: number, type: number, version: number, plain: Buffer): Buffer {
    const { cipher, blockLength } = this.#suite;
    const content = this.#encryptThenMac ? plain : Buffer.concat([plain, this.#mac(sequence, type, version, plain)]);
    const padding = blockLength - (content.length % blockLength);
    const explicit = this.#version >= 0x0302 ? this.#random(blockLength) : Buffer.alloc(0);
    const iv = explicit.length > 0 ? explicit : this.#sentIv;
    const encipher = createCipheriv(cipher as string, this.#keys.key, iv).setAutoPadding(false);
    const padded = Buffer.concat([content, Buffer.alloc(padding, padding - 1)]);
    const sealed = Buffer.concat([explicit, encipher.update(padded), encipher.final()]);
    this.#sentIv = sealed.subarray(-blockLength);
    return this.#encryptThenMac ? Buffer.concat([sealed, this.#mac(sequence, type, version, sealed)]) : sealed;
  }

  #checkMac(sequence: number, type: number, version: number, bytes: Buffer): Buffer {
    const body = bytes.subarray(0, bytes.length - this.#suite.macLength);
    const mac = this.#mac(sequence, type, version, body);
    if (!timingSafeEqual(mac, bytes.subarray(body.length))) throw new RangeError('bad MAC');
    return body;
  }

  #mac(sequence: number, type: number, version: number, body: Buffer): Buffer {
    const header = Buffer.from([type, version >> 8, version & 255, body.length >> 8, body.length & 255]);
    return createHmac(this.#suite.macHash, this.#keys.macKey)
      .update(sequenceBytes(sequence))
      .update(header)
      .update(body)
      .digest();
  }
}

function sequenceBytes(sequence: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(sequence));
  return bytes;
}

/** TLSInnerPlaintext: content, type, zeros. */
function innerContent(plain: Buffer): Content {
  let end = plain.length;
  while (end > 0 && plain[end - 1] === 0) end -= 1;
  if (end === 0) throw new RangeError('no content type');
  return { type: plain.readUInt8(end - 1), bytes: plain.subarray(0, end - 1) };
}
