import type { Board, TrafficEvent } from '@wirewrap/repl-driver';

/** Bytes of the board's output that are kept. */
const keptBytes = 256 * 1024;

interface Entry {
  readonly atMs: number;
  readonly direction: TrafficEvent['direction'];
  readonly bytes: Uint8Array;
  readonly size: number;
}

/**
 * What passed on the serial line. Of the host's direction only sizes are kept: it carries private keys and the Wi-Fi
 * password.
 */
export class SerialLog implements Disposable {
  readonly #entries: Entry[] = [];
  readonly #stop: () => void;
  #kept = 0;

  constructor(board: Pick<Board, 'onTraffic'>) {
    this.#stop = board.onTraffic((event) => this.#add(event));
  }

  /** The lines since a `performance.now()`; times are milliseconds after it. Empty when nothing passed. */
  since(startMs: number): string {
    const lines: string[] = [];
    for (const { atMs, direction, bytes, size } of this.#entries) {
      if (atMs < startMs) continue;
      const at = (atMs - startMs).toFixed(1).padStart(9);
      lines.push(direction === 'host' ? `${at}  host   ${size} bytes` : `${at}  board  ${printable(bytes)}`);
    }
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  #add({ atMs, direction, bytes }: TrafficEvent): void {
    const kept = direction === 'board' ? bytes.slice() : new Uint8Array();
    this.#entries.push({ atMs, direction, bytes: kept, size: bytes.length });
    this.#kept += kept.length + 16;
    while (this.#kept > keptBytes) this.#kept -= (this.#entries.shift()?.bytes.length ?? 0) + 16;
  }
}

/** As text, with what a terminal would act on shown as escapes. */
function printable(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('utf8')).slice(1, -1).replaceAll('\\"', '"');
}
