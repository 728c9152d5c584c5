import {
  calculateJa3,
  calculateJa4,
  extensionParsers,
  isGREASE,
  type TlsClientHelloMessage,
  type TlsExtension,
} from 'read-tls-client-hello';
import type { ClientHello } from './transcript.ts';

/** What two widely used ways make of a ClientHello, so that logs of servers and firewalls can be searched for a board. */
export interface Fingerprints {
  /** MD5 in hex of versions, suites, extensions, groups and point formats, in the order of the hello. */
  readonly ja3: string;
  /** Such as `t12d1209h1_…_…`: suites and extensions sorted; `d` when a server name is in it, `i` when none is. */
  readonly ja4: string;
}

type Parser = (data: Buffer) => Record<string, unknown> | null;

/**
 * JA3 and JA4 of a ClientHello of TLS over TCP.
 *
 * @example const { ja3, ja4 } = fingerprintsOf(hello);
 */
export function fingerprintsOf({ raw }: Pick<ClientHello, 'raw'>): Fingerprints {
  const reader = new Reader(Buffer.from(raw));
  reader.take(4);
  const message = {
    version: reader.take(2).readUInt16BE(),
    random: reader.take(32),
    sessionId: reader.vector(1),
    cipherSuites: pairs(reader.vector(2)),
    compressionMethods: [...reader.vector(1)],
    extensions: readExtensions(reader),
  };
  return { ja3: calculateJa3(message), ja4: withTwoDigits(calculateJa4(message), message) };
}

/** JA4 has two digits for each count, 99 for more (its specification); the library (2.0.0) writes 109 for 109 suites. */
function withTwoDigits(ja4: string, { cipherSuites, extensions }: TlsClientHelloMessage): string {
  const [first = '', ...hashes] = ja4.split('_');
  const counts = [cipherSuites, extensions.map(({ id }) => id)].map((numbers) => {
    const count = numbers.filter((number) => !isGREASE(number)).length;
    return String(Math.min(count, 99)).padStart(2, '0');
  });
  return [`${first.slice(0, 4)}${counts.join('')}${first.slice(-2)}`, ...hashes].join('_');
}

function readExtensions(reader: Reader): TlsExtension[] {
  if (reader.atEnd) return [];
  const inner = new Reader(reader.vector(2));
  const extensions: TlsExtension[] = [];
  while (!inner.atEnd) {
    const id = inner.take(2).readUInt16BE();
    const data = inner.vector(2);
    const parser = (extensionParsers as unknown as Readonly<Record<number, Parser | undefined>>)[id];
    extensions.push({ id, data: parser ? parser(data) : null });
  }
  return extensions;
}

function pairs(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readUInt16BE(index * 2));
}

/** Reads on from where it is. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(count: number): Buffer {
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** A field with its length before it, in so many bytes. */
  vector(lengthBytes: 1 | 2): Buffer {
    return this.take(this.take(lengthBytes).readUIntBE(0, lengthBytes));
  }
}
