import { type Board, firmwareModule, MicroPythonError } from '@wirewrap/repl-driver';

/** The C heap of an ESP32, which mbedTLS allocates from, in bytes over all its regions. */
export interface Heap {
  readonly free: number;
  /** The largest block in one piece. */
  readonly largest: number;
  /** The least that was free since the board started. */
  readonly lowest: number;
}

/** One region as `esp32.idf_heap_info` tells it: total, free, largest free block, least free since start. */
type Region = readonly [total: number, free: number, largest: number, lowest: number];

const ESP32 = firmwareModule('esp32').source;
const HEAP_EXPRESSION = `${ESP32}.idf_heap_info(${ESP32}.HEAP_DATA)`;

/** Milliseconds for one reading. */
const READ_MS = 5_000;

/** The input buffer of mbedTLS for records of 16 KiB is one block: `MBEDTLS_SSL_IN_BUFFER_LEN` as ESP-IDF builds it. */
const INPUT_BUFFER = 16_717;

/** What may be missing of the heap that a connection was seen to take, before the board is reset. */
const RESERVE = 1.25;

/** Below this part of what a fresh board has, its heap counts as worn: a board that never had more is not reset for it. */
const WORN = 0.9;

/**
 * Watches the C heap between cases: a board that has less than its connections were seen to take is to be reset, since what
 * it then says of certificates is lack of memory. Boards without `esp32.idf_heap_info` are not asked twice.
 */
export class HeapWatch {
  #silent = false;
  #taken = 0;
  /** The first reading since the board was reset. */
  #first: Heap | null = null;
  #last: Heap | null = null;

  /** Bytes that one case was seen to take at most. */
  get taken(): number {
    return this.#taken;
  }

  /** Reads the heap after a case and learns what the case took; null on a board that does not tell. */
  async read(board: Pick<Board, 'evaluate'>): Promise<Heap | null> {
    if (this.#silent) return null;
    try {
      const regions = await board.evaluate<readonly Region[]>(HEAP_EXPRESSION, { deadlineMs: READ_MS });
      this.#learn(heapOf(regions));
    } catch (error) {
      // No module esp32, or none with this function: a port that has another heap, or none of its own.
      if (error instanceof MicroPythonError && error.type !== 'MemoryError') this.#silent = true;
      return null;
    }
    return this.#last;
  }

  /** Whether the last reading leaves too little for another connection, and a reset gives more. */
  get short(): boolean {
    const [first, heap] = [this.#first, this.#last];
    if (first === null || heap === null) return false;
    const free = heap.free < this.#taken * RESERVE && heap.free < first.free * WORN;
    return free || (heap.largest < INPUT_BUFFER && heap.largest < first.largest * WORN);
  }

  /** The board was reset: what was read before says nothing any more. What a connection takes stays known. */
  forget(): void {
    this.#first = null;
    this.#last = null;
  }

  /** A case took what lies between the heap before it and a new low since the board started. */
  #learn(heap: Heap): void {
    const before = this.#last;
    if (before !== null && heap.lowest < before.lowest) this.#taken = Math.max(this.#taken, before.free - heap.lowest);
    this.#first ??= heap;
    this.#last = heap;
  }
}

function heapOf(regions: readonly Region[]): Heap {
  const sum = (index: 1 | 3): number => regions.reduce((total, region) => total + region[index], 0);
  return { free: sum(1), largest: Math.max(0, ...regions.map((region) => region[2])), lowest: sum(3) };
}
