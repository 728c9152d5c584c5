import { randomBytes } from 'node:crypto';
import { record } from '../transcript/record-stream.ts';
import { type Change, type ContentAct, flipped, type Matcher } from './content-acts.ts';
import type { Act, RawBytes, Where } from './fault.ts';
import { type BytesItem, type EventItem, NO_STEPS, type WireItem } from './wire-item.ts';

/** The acts on whole protected records, on the stream of bytes, on time and on the end of TCP. */
export type WireAct = Exclude<Act, ContentAct | { readonly act: 'application' }>;

export function wireAct(act: WireAct): Change {
  switch (act.act) {
    case 'flip-wire':
      return each((item) => [{ ...item, bytes: flipped(item.bytes, act.at) }]);
    case 'truncate':
      return each((item) => [{ ...item, bytes: item.bytes.subarray(0, -act.missing) }]);
    case 'replay':
      return each((item) => [item, item]);
    case 'header':
      return each((item) => [{ ...item, bytes: reheaded(item.bytes, act) }]);
    case 'replace':
      return each((item) => [{ ...item, bytes: rawBytes(act.with) }]);
    case 'raw':
      return each((item) => around(item, bytesItem(rawBytes(act.bytes)), act.where));
    case 'fin':
    case 'rst':
    case 'stall':
      return each((item) => around(item, { kind: act.act }, act.where));
    case 'pause':
      return each((item) => around(item, { kind: 'pause', ms: act.ms }, act.where));
    case 'reorder':
      return reorder();
    case 'fragments':
      return fragments(act.size, act.everyMs);
  }
}

/** What an act at the step `connect` does, before any byte. */
export function connectItems(act: Act): WireItem[] {
  if (act.act === 'raw') return [bytesItem(rawBytes(act.bytes))];
  if (act.act === 'fin' || act.act === 'rst' || act.act === 'stall') return [{ kind: act.act }];
  if (act.act === 'pause') return [{ kind: 'pause', ms: act.ms }];
  return [];
}

export function bytesItem(bytes: Buffer): BytesItem {
  return { kind: 'bytes', steps: NO_STEPS, bytes };
}

const each =
  (change: (item: BytesItem) => WireItem[]) =>
  (items: readonly WireItem[], matches: Matcher): WireItem[] =>
    items.flatMap((item) => (item.kind === 'bytes' && matches(item) ? change(item) : [item]));

function around(item: BytesItem, extra: BytesItem | EventItem, where: Where): WireItem[] {
  if (where === 'before') return [extra, item];
  if (where === 'after') return [item, extra];
  const half = Math.ceil(item.bytes.length / 2);
  return [{ ...item, bytes: item.bytes.subarray(0, half) }, extra, bytesItem(item.bytes.subarray(half))];
}

function rawBytes(raw: RawBytes, random: (length: number) => Buffer = randomBytes): Buffer {
  if ('hex' in raw) return Buffer.from(raw.hex, 'hex');
  if ('text' in raw) return Buffer.from(raw.text, 'latin1');
  if ('random' in raw) return notTls(random(raw.random));
  return record(raw.record.type, Buffer.alloc(raw.record.length, 0x77), raw.record.version);
}

/**
 * Random bytes must not pass for the head of a record by chance, for then the other end waits for the rest: no content
 * type has the highest bit, no version has it in its first byte (OpenSSL 3.0 looks at that one alone), and a server takes
 * the bit for an SSLv2 ClientHello when the third byte is 1.
 */
function notTls(bytes: Buffer): Buffer {
  for (const at of [0, 1, 2]) bytes.writeUInt8(bytes.readUInt8(at) | 0x80, at);
  return bytes;
}

function reheaded(bytes: Buffer, change: Extract<Act, { act: 'header' }>): Buffer {
  const copy = Buffer.from(bytes);
  if (change.type !== undefined) copy.writeUInt8(change.type, 0);
  if (change.version !== undefined) copy.writeUInt16BE(change.version, 1);
  if (change.length !== undefined) copy.writeUInt16BE(change.length, 3);
  return copy;
}

/** Sends a record after the one that follows it. */
function reorder() {
  let held: WireItem | null = null;
  return (items: readonly WireItem[], matches: Matcher): WireItem[] =>
    items.flatMap((item) => {
      if (item.kind !== 'bytes') return held === null ? [item] : [held, item];
      if (held !== null) {
        const swapped = [item, held];
        held = null;
        return swapped;
      }
      if (!matches(item)) return [item];
      held = item;
      return [];
    });
}

function fragments(size: number, everyMs: number) {
  let begun = false;
  return (items: readonly WireItem[], matches: Matcher): WireItem[] =>
    items.flatMap((item) => {
      if (item.kind !== 'bytes' || !(begun || matches(item))) return [item];
      begun = true;
      const parts: WireItem[] = [];
      for (let at = 0; at < item.bytes.length; at += size) {
        parts.push({ ...item, bytes: item.bytes.subarray(at, at + size) }, { kind: 'pause', ms: everyMs });
      }
      return parts;
    });
}
