import { Concealer, type Hidden } from './concealer.ts';
import type { TrafficEvent } from './traffic-event.ts';

const SHOWN_BYTES = 2048;
/** More is remembered than shown, so that a key or a secret is known for one also when its beginning is shown no more. */
const KEPT_BYTES = 16 * 1024;

type Direction = TrafficEvent['direction'];

/** Remembers the last serial traffic in both directions. */
export class TrafficLog {
  #events: { direction: Direction; bytes: Buffer }[] = [];
  #size = 0;

  add(direction: Direction, bytes: Uint8Array): void {
    const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - KEPT_BYTES)));
    const last = this.#events.at(-1);
    if (last?.direction === direction && last.bytes.length < SHOWN_BYTES)
      last.bytes = Buffer.concat([last.bytes, tail]);
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

  /**
   * The last 2 KiB, one line per turn of the conversation, bytes outside printable ASCII as `\xNN`. What is to be concealed is
   * looked for in each direction by itself: the other one may have cut it in two.
   */
  toString(concealer: Concealer = new Concealer([])): string {
    const hidden = { host: this.#hidden('host', concealer), board: this.#hidden('board', concealer) };
    const at = { host: 0, board: 0 };
    let skip = Math.max(0, this.#size - SHOWN_BYTES);
    const lines: string[] = [];
    for (const { direction, bytes } of this.#events) {
      const start = at[direction];
      at[direction] += bytes.length;
      const unseen = Math.min(skip, bytes.length);
      skip -= unseen;
      if (unseen < bytes.length)
        lines.push(`${direction === 'host' ? '>' : '<'} ${shown(bytes, unseen, start, hidden[direction])}`);
    }
    return lines.join('\n');
  }

  /** The last bytes of one direction, escaped. */
  lastOf(direction: Direction, count: number, concealer: Concealer): string {
    const all = this.#all(direction);
    return shown(all, Math.max(0, all.length - count), 0, this.#hidden(direction, concealer));
  }

  #hidden(direction: Direction, concealer: Concealer): Hidden[] {
    return concealer.hidden(this.#all(direction).toString('latin1'));
  }

  #all(direction: Direction): Buffer {
    return Buffer.concat(this.#events.flatMap((event) => (event.direction === direction ? [event.bytes] : [])));
  }
}

/** The bytes from `from` on; `start` is where in their direction they began. */
function shown(bytes: Buffer, from: number, start: number, hidden: readonly Hidden[]): string {
  let text = '';
  let at = from;
  for (const each of hidden) {
    const begin = Math.max(each.start - start, at);
    const end = Math.min(each.end - start, bytes.length);
    if (end <= begin) continue;
    text += escapeBytes(bytes.subarray(at, begin)) + each.label;
    at = end;
  }
  return text + escapeBytes(bytes.subarray(at));
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
