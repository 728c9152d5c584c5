import { ExtensionType } from '../tls/extension-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import { ByteReader } from '../transcript/byte-reader.ts';
import { type Extension, readExtensions } from '../transcript/extensions.ts';
import { handshakeMessage } from '../transcript/handshake-stream.ts';

/** Changes to a handshake message; the length fields stay right, so that only the stated thing is wrong. */
export const HELLO_EDIT_NAMES = [
  'unknown-suite',
  'version-1.0',
  'version-1.1',
  'version-unknown',
  'unrequested-extension',
  'unknown-extension',
  'duplicate-extension',
  'session-id',
  'compression',
  'downgrade-sentinel',
  'empty-certificate',
  'wrong-type',
  'length-too-long',
  'length-too-short',
  'extensions-length',
  'request-context-length',
  'signature-length',
  'signature-empty',
  'signature-algorithm-empty',
  'signature-and-algorithm-empty',
  'signature-algorithm-grease',
] as const;

export type HelloEdit = (typeof HELLO_EDIT_NAMES)[number];

interface Hello {
  version: number;
  random: Buffer;
  sessionId: Buffer;
  suite: number;
  compression: number;
  extensions: Extension[];
}

const HELLO_EDITS: Readonly<Partial<Record<HelloEdit, (hello: Hello) => void>>> = {
  'unknown-suite': (hello) => {
    // Unassigned, so no client offers it.
    hello.suite = 0xbeef;
  },
  'version-1.0': (hello) => oldVersion(hello, 0x0301),
  'version-1.1': (hello) => oldVersion(hello, 0x0302),
  'version-unknown': (hello) => oldVersion(hello, 0x0399),
  'unrequested-extension': (hello) => {
    hello.extensions.push({
      type: ExtensionType.application_layer_protocol_negotiation,
      data: Buffer.from('0003026832', 'hex'),
    });
  },
  'unknown-extension': (hello) => {
    // 0xfafb is unassigned and no GREASE value.
    hello.extensions.push({ type: 0xfafb, data: Buffer.alloc(0) });
  },
  'duplicate-extension': (hello) => {
    const first = hello.extensions[0];
    if (first !== undefined) hello.extensions.push(first);
  },
  'session-id': (hello) => {
    hello.sessionId = Buffer.alloc(32, 0x5a);
  },
  compression: (hello) => {
    hello.compression = 1;
  },
  'downgrade-sentinel': (hello) => {
    // RFC 8446 4.1.3: "DOWNGRD" and 1 say that the server could have done TLS 1.3.
    hello.random = Buffer.concat([hello.random.subarray(0, 24), Buffer.from('DOWNGRD\u0001', 'latin1')]);
  },
};

/** Applies an edit to every handshake message in the record's content that it fits; the rest stays as it is. */
export function editMessages(edit: HelloEdit, content: Buffer): Buffer {
  return mapMessages(content, (type, body) => editMessage(edit, type, body));
}

/** Replaces each whole handshake message of a record's content; what is no whole message stays behind them. */
export function mapMessages(content: Buffer, change: (type: number, body: Buffer) => Buffer): Buffer {
  const messages: Buffer[] = [];
  let at = 0;
  while (at + 4 <= content.length) {
    const length = content.readUIntBE(at + 1, 3);
    const body = content.subarray(at + 4, at + 4 + length);
    messages.push(change(content.readUInt8(at), body));
    at += 4 + length;
  }
  return Buffer.concat([...messages, content.subarray(at)]);
}

function editMessage(edit: HelloEdit, type: number, body: Buffer): Buffer {
  const whole = handshakeMessage(type, body);
  if (edit === 'wrong-type') return handshakeMessage(99, body);
  if (edit === 'length-too-long') return handshakeMessage(type, Buffer.concat([body, Buffer.alloc(1)]));
  if (edit === 'length-too-short') return handshakeMessage(type, body.subarray(0, -1));
  if (edit === 'empty-certificate') return type === HandshakeType.certificate ? emptyCertificate(body) : whole;
  if (
    type === HandshakeType.encrypted_extensions &&
    (edit === 'unrequested-extension' || edit === 'duplicate-extension')
  )
    return encryptedExtensions(edit, body);
  const lengthened = lengthenedMessage(edit, type, body);
  if (lengthened !== null) return handshakeMessage(type, lengthened);
  const change = HELLO_EDITS[edit];
  if (type !== HandshakeType.server_hello || change === undefined) return whole;
  const reader = new ByteReader(body);
  const hello: Hello = {
    version: reader.number(2),
    random: Buffer.from(reader.take(32)),
    sessionId: Buffer.from(reader.vector(1)),
    suite: reader.number(2),
    compression: reader.number(1),
    extensions: readExtensions(reader),
  };
  change(hello);
  return handshakeMessage(HandshakeType.server_hello, writeHello(hello));
}

function oldVersion(hello: Hello, version: number): void {
  hello.version = version;
  hello.extensions = hello.extensions.filter(({ type }) => type !== ExtensionType.supported_versions);
}

function writeHello(hello: Hello): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(hello.version);
  const choice = Buffer.from([hello.suite >> 8, hello.suite & 255, hello.compression]);
  const id = Buffer.concat([Buffer.from([hello.sessionId.length]), hello.sessionId]);
  return Buffer.concat([head, hello.random, id, choice, writeExtensions(hello.extensions)]);
}

function writeExtensions(extensions: readonly Extension[]): Buffer {
  const list = extensions.map(({ type, data }) => Buffer.concat([uint16(type), uint16(data.length), data]));
  const bytes = Buffer.concat(list);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function encryptedExtensions(edit: HelloEdit, body: Buffer): Buffer {
  const extensions = readExtensions(new ByteReader(body));
  const extra = { type: edit === 'duplicate-extension' ? (extensions[0]?.type ?? 0) : 0xfafb, data: Buffer.alloc(0) };
  return handshakeMessage(HandshakeType.encrypted_extensions, writeExtensions([...extensions, extra]));
}

/** Whether a Certificate message begins with the request context of TLS 1.3, which is empty in a handshake. */
export function hasRequestContext(body: Buffer): boolean {
  return body.length > 4 && body[0] === 0 && body.readUIntBE(1, 3) === body.length - 4;
}

/** Bytes up to the end of the last field that is made wrong: a message that is shorter has no such field. */
const fieldsEnd = (type: number): number => (type === HandshakeType.encrypted_extensions ? 2 : 4);

/**
 * One field of a message made wrong without regard to what is around it; null where the edit is not for such a message, or the
 * message is cut short.
 */
function lengthenedMessage(edit: HelloEdit, type: number, body: Buffer): Buffer | null {
  if (body.length < fieldsEnd(type)) return null;
  const copy = Buffer.from(body);
  if (edit === 'extensions-length' && type === HandshakeType.encrypted_extensions) {
    copy.writeUInt16BE((copy.readUInt16BE(0) + 1) & 0xffff, 0);
    return copy;
  }
  if (edit === 'request-context-length' && type === HandshakeType.certificate) {
    copy.writeUInt8((copy.readUInt8(0) + 1) & 0xff, 0);
    return copy;
  }
  // A CertificateVerify: the algorithm, the length of the signature, the signature (RFC 5246 7.4.8, RFC 8446 4.4.3).
  if (type !== HandshakeType.certificate_verify) return null;
  if (edit === 'signature-length') copy.writeUInt16BE((copy.readUInt16BE(2) + 1) & 0xffff, 2);
  if (edit === 'signature-algorithm-grease') copy.writeUInt16BE(0x0a0a, 0);
  if (edit === 'signature-algorithm-empty') return copy.subarray(2);
  if (edit === 'signature-empty') return Buffer.concat([copy.subarray(0, 2), uint16(0)]);
  return edit === 'signature-and-algorithm-empty' ? Buffer.alloc(0) : copy;
}

function emptyCertificate(body: Buffer): Buffer {
  return handshakeMessage(HandshakeType.certificate, Buffer.alloc(hasRequestContext(body) ? 4 : 3));
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}
