import type { RecordProtection } from '../transcript/record-protection.ts';
import type { Step } from './fault.ts';

/** The keys and the sequence number that hold at one place of a direction. */
export interface ProtectionState {
  readonly protection: RecordProtection;
  readonly sequence: number;
}

/** A record whose content is known, before it is sealed. */
export interface ContentItem {
  readonly kind: 'content';
  readonly steps: ReadonlySet<Step>;
  readonly type: number;
  readonly version: number;
  readonly content: Buffer;
  /** What protects it; null for plaintext. */
  readonly state: ProtectionState | null;
  /** What protects a record that follows it. */
  readonly next: ProtectionState | null;
  /** The record as it came, while nothing changed it. */
  readonly original: Buffer | null;
}

/** Bytes on their way out: one record, or anything else. */
export interface BytesItem {
  readonly kind: 'bytes';
  readonly steps: ReadonlySet<Step>;
  readonly bytes: Buffer;
}

/** Something that happens between bytes. */
export type EventItem =
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'fin' }
  | { readonly kind: 'rst' }
  | { readonly kind: 'stall' };

export type WireItem = ContentItem | BytesItem | EventItem;

export const NO_STEPS: ReadonlySet<Step> = new Set();
