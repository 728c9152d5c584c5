import { type Board, parseLiteral } from '@wirewrap/repl-driver';
import { boardError } from './board-error.ts';
import type { BoardOutcome } from './board-outcome.ts';

/** Bytes on the board: what is free in all, and the largest block of it. */
export interface HeapRoom {
  readonly free: number;
  readonly largest: number;
}

/** Arguments of a case that the heap has no room for, not even when they come first. */
export class ArgumentsTooLarge {
  readonly bytes: number;
  readonly room: HeapRoom;

  constructor(blobs: readonly Uint8Array[], room: HeapRoom) {
    this.bytes = blobs.reduce((sum, blob) => sum + blob.length, 0);
    this.room = room;
  }
}

/** The largest block is found by asking for blocks, to 256 bytes. */
export async function heapRoom(board: Board): Promise<HeapRoom> {
  const printed = await board.exec(`
import gc
gc.collect()
_wwfree = gc.mem_free()
_wwlow, _wwhigh = 0, _wwfree
while _wwhigh - _wwlow > 256:
    gc.collect()
    _wwmid = (_wwlow + _wwhigh) // 2
    try:
        bytearray(_wwmid)
        _wwlow = _wwmid
    except MemoryError:
        _wwhigh = _wwmid
print((_wwfree, _wwlow))
`);
  const [free = 0, largest = 0] = parseLiteral(printed.trim()) as [number, number];
  return { free, largest };
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
