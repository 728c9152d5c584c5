import { randomBytes } from 'node:crypto';
import { type OpenLine, openTransport } from '../src/index.ts';

/** What the line does to one byte. */
export interface Fault {
  readonly how: 'change' | 'lose' | 'double';
  /** Which byte, from 0: of the content of one upload, or of what the board sends without a word from the host. */
  readonly at: number;
}

export interface FaultyLine {
  /** One for each upload stream to come; null leaves it alone, what is beyond the list too. */
  readonly uploads: (Fault | null)[];
  /** One for each download to come; the first 400 bytes pass unharmed, for a short answer is none. */
  readonly downloads: (Fault | null)[];
  /** One for each upload stream to come: counts grants. */
  readonly grants: (Fault | null)[];
  /** Upload streams that began, and their content bytes. */
  streams: number;
  contentBytes: number;
  readonly open: OpenLine;
}

const GRANT = 0x06;
/** The agent's answer begins with one of these: what a transfer says is said. */
const ANSWERS = [0x1d, 0x1e];

/** Random bytes without those by which this line tells an upload's beginning and its end: it does not know the protocol. */
export function unmistakableBytes(length: number): Buffer {
  return randomBytes(length).map((byte) => (byte === GRANT || ANSWERS.includes(byte) ? 0x80 | byte : byte)) as Buffer;
}

/** A line that is good but for the faults that it is given: changes, loses or doubles one byte of a transfer. */
export function faultyLine(): FaultyLine {
  let upload: { sent: number; fault: Fault | null; grants: number; grantFault: Fault | null } | null = null;
  let heard = 0;
  let last = '';
  let downloadFault: Fault | null | undefined;

  const toBoard = (bytes: Uint8Array): Uint8Array => {
    heard = 0;
    downloadFault = undefined;
    if (!upload) return bytes;
    const changed = spoil(bytes, upload.sent, upload.fault);
    upload.sent += bytes.length;
    line.contentBytes += bytes.length;
    return changed;
  };

  const toHost = (chunk: Uint8Array): Uint8Array => {
    const text = Buffer.from(chunk).toString('latin1');
    const ended = ANSWERS.some((byte) => chunk.lastIndexOf(byte) > text.lastIndexOf('\x06\x06'));
    // The two grants that begin an upload may come apart.
    const begins = (last + text).includes('\x06\x06');
    last = text.slice(-1);
    if (!upload && begins) {
      const grants = text.includes('\x06\x06') ? 0 : 1;
      upload = { sent: 0, fault: line.uploads.shift() ?? null, grants, grantFault: line.grants.shift() ?? null };
      line.streams++;
    }
    if (upload) {
      const { grants, grantFault } = upload;
      upload.grants += text.split('\x06').length - 1;
      if (ended) upload = null;
      if (!grantFault || grants > grantFault.at) return chunk;
      const at = nth(chunk, grantFault.at - grants);
      return at < 0 ? chunk : spoil(chunk, 0, { ...grantFault, at });
    }
    const before = heard;
    heard += chunk.length;
    // So long an answer can only be a download.
    if (heard > 400 && downloadFault === undefined) downloadFault = line.downloads.shift() ?? null;
    const changed = downloadFault ? spoil(chunk, before, downloadFault) : chunk;
    return changed;
  };

  const line: FaultyLine = {
    uploads: [],
    downloads: [],
    grants: [],
    streams: 0,
    contentBytes: 0,
    async open(url, options) {
      const inner = await openTransport(url, options);
      return {
        url: inner.url,
        closed: inner.closed,
        onData: (listener) => inner.onData((chunk) => listener(toHost(chunk))),
        write: (bytes) => inner.write(toBoard(bytes)),
        close: () => inner.close(),
        [Symbol.asyncDispose]: () => inner.close(),
      };
    },
  };
  return line;
}

/** The bytes, the first of which is number `from`, with the fault at its place. */
function spoil(bytes: Uint8Array, from: number, fault: Fault | null): Uint8Array {
  const at = (fault?.at ?? -1) - from;
  if (!fault || at < 0 || at >= bytes.length) return bytes;
  const byte = bytes[at] ?? 0;
  const middle = { change: [byte ^ 0xff], lose: [], double: [byte, byte] }[fault.how];
  return Buffer.concat([bytes.subarray(0, at), Uint8Array.from(middle), bytes.subarray(at + 1)]);
}

/** Where grant number `count` is, from 0. */
function nth(chunk: Uint8Array, count: number): number {
  let at = chunk.indexOf(GRANT);
  for (let left = count; left > 0 && at >= 0; left--) at = chunk.indexOf(GRANT, at + 1);
  return at;
}
