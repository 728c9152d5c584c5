import { ContentType } from '../tls/content-type.ts';
import { withCertificates } from './certificate-swap.ts';
import type { Act } from './fault.ts';
import { editMessages } from './hello-edits.ts';
import { type ContentItem, NO_STEPS, type WireItem } from './wire-item.ts';

/** The acts that change what is in a record, before it is protected. */
export type ContentAct = Extract<
  Act,
  { act: 'split' | 'interleave' | 'merge' | 'drop' | 'edit' | 'certificate' | 'flip-content' | 'insert' }
>;

/** What the act does to the items that it matches. */
export function contentAct(act: ContentAct): Change {
  if (act.act === 'merge') return merge;
  return (items, matches) =>
    items.flatMap((item) => (item.kind === 'content' && matches(item) ? changed(item, act) : [item]));
}

/** Whether the fault acts on this item; asking counts as acting. */
export type Matcher = (item: WireItem) => boolean;

export type Change = (items: readonly WireItem[], matches: Matcher) => WireItem[];

function changed(item: ContentItem, act: Exclude<ContentAct, { act: 'merge' }>): WireItem[] {
  switch (act.act) {
    case 'drop':
      return [];
    case 'edit':
      return [{ ...item, content: editMessages(act.edit, item.content), original: null }];
    case 'certificate':
      return [{ ...item, content: withCertificates(act.chain, item.content), original: null }];
    case 'split':
      return split(item, act.size);
    case 'interleave':
      return interleaved(item, act.type, Buffer.from(act.hex, 'hex'));
    case 'flip-content':
      return [{ ...item, content: flipped(item.content, act.at), original: null }];
    case 'insert': {
      const inserted: ContentItem = {
        ...item,
        steps: act.type === ContentType.alert && act.hex.endsWith('00') ? new Set(['close-notify'] as const) : NO_STEPS,
        type: act.type,
        content: Buffer.from(act.hex, 'hex'),
        state: act.where === 'before' ? item.state : item.next,
        original: null,
      };
      const extra = Array.from({ length: act.times ?? 1 }, () => inserted);
      return act.where === 'before' ? [...extra, item] : [item, ...extra];
    }
  }
}

function split(item: ContentItem, size: number): WireItem[] {
  const parts: WireItem[] = [];
  for (let at = 0; at < item.content.length; at += size) {
    const last = at + size >= item.content.length;
    const content = item.content.subarray(at, at + size);
    parts.push({ ...item, content, original: null, next: last ? item.next : item.state });
  }
  return parts;
}

/** A message in two records with another record between them. */
function interleaved(item: ContentItem, type: number, content: Buffer): WireItem[] {
  const middle = Math.ceil(item.content.length / 2);
  const [first, second] = [item.content.subarray(0, middle), item.content.subarray(middle)];
  return [
    { ...item, content: first, original: null, next: item.state },
    { ...item, steps: NO_STEPS, type, content, original: null, next: item.state },
    { ...item, steps: NO_STEPS, content: second, original: null },
  ];
}

/** Joins handshake records that follow each other under the same keys. */
function merge(items: readonly WireItem[], matches: Matcher): WireItem[] {
  const merged: WireItem[] = [];
  for (const item of items) {
    const last = merged.at(-1);
    const joins =
      item.kind === 'content' &&
      last?.kind === 'content' &&
      item.type === ContentType.handshake &&
      last.type === ContentType.handshake &&
      item.state?.protection === last.state?.protection &&
      last.next?.protection === item.state?.protection &&
      item.content.length + last.content.length <= 16_384;
    if (joins && matches(item)) {
      merged[merged.length - 1] = {
        ...last,
        steps: new Set([...last.steps, ...item.steps]),
        content: Buffer.concat([last.content, item.content]),
        next: item.next,
        original: null,
      };
    } else {
      merged.push(item);
    }
  }
  return merged;
}

/** One bit of the byte at `at` (from the end when negative) turned over. */
export function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = Math.min(Math.max(at < 0 ? copy.length + at : at, 0), copy.length - 1);
  if (copy.length > 0) copy.writeUInt8(copy.readUInt8(index) ^ 1, index);
  return copy;
}
