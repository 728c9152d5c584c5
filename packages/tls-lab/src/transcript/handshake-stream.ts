/** One handshake message, put together from the records that carried it. */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

/** No handshake message of a correct peer is longer; a longer one is not collected. */
const LONGEST = 1 << 20;

/** Joins the fragments of handshake records of one direction into messages. */
export class HandshakeStream {
  #rest: Buffer = Buffer.alloc(0);
  #broken = false;

  /** True between two messages. */
  get aligned(): boolean {
    return this.#rest.length === 0;
  }

  push(fragment: Uint8Array): HandshakeMessage[] {
    if (this.#broken) return [];
    this.#rest = this.#rest.length === 0 ? Buffer.from(fragment) : Buffer.concat([this.#rest, fragment]);
    const messages: HandshakeMessage[] = [];
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUIntBE(1, 3);
      this.#broken = length > LONGEST;
      if (this.#broken || this.#rest.length < 4 + length) break;
      messages.push({ type: this.#rest.readUInt8(0), body: this.#rest.subarray(4, 4 + length) });
      this.#rest = this.#rest.subarray(4 + length);
    }
    return messages;
  }
}

/** A handshake message with its header. */
export function handshakeMessage(type: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt8(type, 0);
  header.writeUIntBE(body.length, 1, 3);
  return Buffer.concat([header, body]);
}
