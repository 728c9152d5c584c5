import type { FreeBytes } from '@wirewrap/repl-driver';
import { boardError } from './board-error.ts';
import type { BoardOutcome } from './board-outcome.ts';

/** Arguments of a case that the heap has no room for, not even when they come first. */
export class ArgumentsTooLarge {
  readonly bytes: number;
  readonly room: FreeBytes;

  constructor(blobs: readonly Uint8Array[], room: FreeBytes) {
    this.bytes = blobs.reduce((sum, blob) => sum + blob.length, 0);
    this.room = room;
  }
}

/** The outcome of a case whose arguments did not fit: a lack of memory and no behaviour of TLS. */
export function tooLarge(role: 'client' | 'server', { bytes, room }: ArgumentsTooLarge): BoardOutcome {
  const n = (value: number): string => value.toLocaleString('en-US');
  const text = `the arguments of ${n(bytes)} bytes do not fit into the heap: ${n(room.free)} bytes free, largest block ${n(room.largest)}`;
  const error = boardError('MemoryError', [text]);
  const wrap = { step: 'arguments', value: null, error, ms: 0 };
  const rest = { completed: false, steps: [], wrapMs: 0, heapBefore: room.free, heapAfter: null, crash: null };
  return { role, wrap, error, ...rest };
}
