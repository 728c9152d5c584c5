/** Where the four bytes of a hello's random end that TLS 1.2 takes from the clock. */
const CLOCK_BYTES = 4;
const KEY_SHARE = 51;

/** What of a connection's first messages must be new in every connection. Hex; empty without one. */
export interface HelloParts {
  /** Without the bytes that a clock moves. */
  readonly random: string;
  readonly sessionId: string;
  /** The key of this connection: of the extension `key_share`, or of a ServerKeyExchange. */
  readonly key: string;
}

/** Reads numbers and vectors one after the other (RFC 8446, section 3). */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(size: number): number {
    const value = this.left < size ? 0 : this.#bytes.readUIntBE(this.#at, size);
    this.#at += size;
    return value;
  }

  take(size: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    return taken;
  }

  vector(lengthBytes: number): Buffer {
    return this.take(this.number(lengthBytes));
  }
}

function keyShareOf(extensions: Uint8Array): string {
  const reader = new Reader(extensions);
  while (reader.left > 0) {
    const type = reader.number(2);
    const content = reader.vector(2);
    if (type === KEY_SHARE) return content.toString('hex');
  }
  return '';
}

const begin = (reader: Reader): Pick<HelloParts, 'random' | 'sessionId'> => {
  reader.take(2);
  const random = reader.take(32).subarray(CLOCK_BYTES).toString('hex');
  return { random, sessionId: reader.vector(1).toString('hex') };
};

/** @param message the whole handshake message, with its four bytes of header */
export function clientHelloParts(message: Uint8Array): HelloParts {
  const reader = new Reader(message.subarray(4));
  const start = begin(reader);
  reader.vector(2);
  reader.vector(1);
  return { ...start, key: keyShareOf(reader.vector(2)) };
}

/** The handshake messages in the clear at the beginning of what an end sent, by type. */
function messagesOf(sent: Uint8Array): Map<number, Buffer> {
  const records = new Reader(sent);
  const parts: Buffer[] = [];
  while (records.left >= 5) {
    const type = records.number(1);
    records.take(2);
    const content = records.vector(2);
    if (type !== 22) break;
    parts.push(content);
  }
  const messages = new Reader(Buffer.concat(parts));
  const found = new Map<number, Buffer>();
  while (messages.left >= 4) found.set(messages.number(1), messages.vector(3));
  return found;
}

/**
 * Of a server of TLS 1.2; null when no ServerHello was sent.
 *
 * @param sent everything that the server sent
 */
export function serverHelloParts(sent: Uint8Array): HelloParts | null {
  const messages = messagesOf(sent);
  const hello = messages.get(2);
  if (hello === undefined) return null;
  // ServerKeyExchange: type of the curve, its number, the point; the signature behind it is new in any case.
  const exchange = new Reader(messages.get(12) ?? Buffer.alloc(0));
  exchange.take(3);
  return { ...begin(new Reader(hello)), key: exchange.vector(1).toString('hex') };
}
