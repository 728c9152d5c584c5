import type { TrafficEvent } from '../board/board.ts';

const KEPT_BYTES = 2048;

/** Remembers the last 2 KiB of serial traffic in both directions. */
export class TrafficLog {
  #events: { direction: TrafficEvent['direction']; bytes: Buffer }[] = [];
  #size = 0;

  add(direction: TrafficEvent['direction'], bytes: Uint8Array): void {
    const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - KEPT_BYTES)));
    const last = this.#events.at(-1);
    if (last?.direction === direction && last.bytes.length < KEPT_BYTES) last.bytes = Buffer.concat([last.bytes, tail]);
    else this.#events.push({ direction, bytes: tail });
    this.#size += tail.length;
    while (this.#size > KEPT_BYTES) this.#drop(this.#size - KEPT_BYTES);
  }

  #drop(excess: number): void {
    const first = this.#events[0];
    if (!first) return;
    const dropped = Math.min(excess, first.bytes.length);
    if (dropped === first.bytes.length) this.#events.shift();
    else first.bytes = first.bytes.subarray(dropped);
    this.#size -= dropped;
  }

  /** One line per turn of the conversation, bytes outside printable ASCII as `\xNN`. */
  toString(): string {
    return this.#events
      .map((event) => `${event.direction === 'host' ? '>' : '<'} ${escapeBytes(event.bytes)}`)
      .join('\n');
  }
}

const NAMED: Readonly<Record<number, string>> = { 10: '\\n', 13: '\\r', 9: '\\t', 92: '\\\\' };

/** Bytes as printable ASCII. */
export function escapeBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const named = NAMED[byte];
    if (named !== undefined) text += named;
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}
