import { deflateRawSync } from 'node:zlib';
import type { BoardPacking } from '../agent/agent-state.ts';

export interface Packed {
  readonly wire: Uint8Array;
  /** Bits of the deflate window; 0 when the bytes go as they are. */
  readonly windowBits: number;
}

/** Below this heap the stream goes plain: unpacking needs its window and some 2 KiB of tables. */
const LEAST_HEAP = 24 * 1024;
const WIDE_HEAP = 96 * 1024;

/** Bits of the window that the board's heap has room for; 0 when it has none. */
export function windowBitsFor({ unpack, freeHeap }: BoardPacking): number {
  if (unpack === '' || freeHeap < LEAST_HEAP) return 0;
  return freeHeap < WIDE_HEAP ? 11 : 13;
}

/** One raw deflate stream when that is shorter by more than it costs, else the bytes themselves. */
export function pack(bytes: Uint8Array, windowBits: number): Packed {
  if (windowBits === 0 || bytes.length < 64) return { wire: bytes, windowBits: 0 };
  const packed = deflateRawSync(bytes, { windowBits, level: 9, memLevel: 9 });
  return packed.length < bytes.length * 0.97 ? { wire: packed, windowBits } : { wire: bytes, windowBits: 0 };
}
