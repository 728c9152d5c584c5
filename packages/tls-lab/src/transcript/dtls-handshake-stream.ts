import type { HandshakeMessage } from './handshake-stream.ts';

/** Type, length, message number, and offset and length of the fragment (RFC 6347, section 4.2.2). */
const DTLS_HANDSHAKE_HEADER = 12;
/** No handshake message of a correct peer is longer; a longer one is not collected. */
const LONGEST = 1 << 17;
/** Messages of one direction that may be unfinished at a time. */
const MOST_OPEN = 32;

interface Unfinished {
  readonly type: number;
  readonly body: Buffer;
  readonly covered: Uint8Array;
  missing: number;
}

/** Puts the handshake messages of one direction together, whatever the order of their fragments; repeated ones count once. */
export class DtlsHandshakeStream {
  readonly #unfinished = new Map<number, Unfinished>();
  readonly #complete = new Set<number>();

  push(content: Uint8Array): HandshakeMessage[] {
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const messages: HandshakeMessage[] = [];
    let at = 0;
    while (at + DTLS_HANDSHAKE_HEADER <= bytes.length) {
      const length = bytes.readUIntBE(at + 9, 3);
      const end = at + DTLS_HANDSHAKE_HEADER + length;
      if (end > bytes.length) break;
      const message = this.#fragment(bytes.subarray(at, at + DTLS_HANDSHAKE_HEADER), bytes.subarray(end - length, end));
      if (message !== null) messages.push(message);
      at = end;
    }
    return messages;
  }

  #fragment(header: Buffer, fragment: Buffer): HandshakeMessage | null {
    const [type, length] = [header.readUInt8(0), header.readUIntBE(1, 3)];
    const [number, offset] = [header.readUInt16BE(4), header.readUIntBE(6, 3)];
    if (this.#complete.has(number) || length > LONGEST || offset + fragment.length > length) return null;
    const known = this.#unfinished.get(number);
    if (known === undefined && this.#unfinished.size >= MOST_OPEN) return null;
    if (known !== undefined && (known.type !== type || known.body.length !== length)) return null;
    const message = known ?? newMessage(type, length);
    this.#unfinished.set(number, message);
    fragment.copy(message.body, offset);
    for (let at = offset; at < offset + fragment.length; at += 1) {
      message.missing -= 1 - (message.covered[at] ?? 0);
      message.covered[at] = 1;
    }
    if (message.missing > 0) return null;
    this.#unfinished.delete(number);
    this.#complete.add(number);
    return { type, body: message.body };
  }
}

function newMessage(type: number, length: number): Unfinished {
  return { type, body: Buffer.alloc(length), covered: new Uint8Array(length), missing: length };
}
