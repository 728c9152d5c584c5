import type { Board, RecoveryEvent, TrafficEvent } from '@wirewrap/repl-driver';

/** So much of what passed is kept. */
const KEPT_CHARACTERS = 256 * 1024;

interface Entry {
  readonly atMs: number;
  readonly who: TrafficEvent['direction'] | 'driver';
  readonly text: string;
}

/**
 * What passed on the serial line, and what the driver did to get a board back. Of the host's direction only sizes are
 * kept: it carries private keys and the Wi-Fi password.
 *
 * @example
 * using log = new SerialLog(board);
 * await board.exec('print(1)');
 * console.log(log.since(0));
 */
export class SerialLog implements Disposable {
  readonly #entries: Entry[] = [];
  readonly #stop: () => void;
  readonly #now: () => number;
  #kept = 0;

  constructor(board: Pick<Board, 'onTraffic'>, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#stop = board.onTraffic((event) => this.#add(event));
  }

  /** The lines since a moment of `performance.now()`; times are milliseconds after it. Empty when nothing passed. */
  since(startMs: number): string {
    // From the end: what a test asks for is little of what is kept.
    const first = this.#entries.findLastIndex(({ atMs }) => atMs < startMs) + 1;
    const lines = this.#entries
      .slice(first)
      .map(({ atMs, who, text }) => `${(atMs - startMs).toFixed(1).padStart(9)}  ${who.padEnd(6)} ${text}`);
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  /** A rung of the recovery ladder that was tried, with how it ended; for the driver's `onRecovery`. */
  readonly addRecovery = ({ rung, outcome, tookMs, detail }: RecoveryEvent): void => {
    const why = detail === '' ? '' : `: ${detail}`;
    this.#keep({ atMs: this.#now(), who: 'driver', text: `${rung}: ${outcome} after ${tookMs} ms${why}` });
  };

  #add({ atMs, direction, bytes }: TrafficEvent): void {
    const text = direction === 'board' ? printable(bytes) : `${bytes.length} bytes`;
    this.#keep({ atMs, who: direction, text });
  }

  #keep(entry: Entry): void {
    this.#entries.push(entry);
    this.#kept += sizeOf(entry);
    while (this.#kept > KEPT_CHARACTERS) this.#kept -= sizeOf(this.#entries.shift());
  }
}

function sizeOf(entry: Entry | undefined): number {
  return (entry?.text.length ?? 0) + 16;
}

/** As text, with what a terminal would act on shown as escapes. */
function printable(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('utf8')).slice(1, -1).replaceAll('\\"', '"');
}
