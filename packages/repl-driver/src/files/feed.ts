import type { AgentAnswer } from '../repl/agent-session.ts';
import type { Line } from '../session/line.ts';
import type { Deadline } from '../time/deadline.ts';
import { GRANT, WINDOW_BYTES } from './receiver.ts';

/** Windows that the board has granted, counted from the bytes that it prints. */
export class Grants {
  #bytes = 0;
  #wake: (() => void) | null = null;
  /** True when the board printed something else: it wants nothing. */
  refused = false;

  readonly add = (bytes: Uint8Array): void => {
    for (const byte of bytes) {
      if (byte === GRANT) this.#bytes += WINDOW_BYTES;
      else this.refused = true;
    }
    this.#wake?.();
  };

  take(most: number): number {
    const taken = Math.min(most, this.#bytes);
    this.#bytes -= taken;
    return taken;
  }

  get empty(): boolean {
    return this.#bytes === 0;
  }

  more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

export interface Feeding {
  readonly line: Line;
  readonly bytes: Uint8Array;
  readonly grants: Grants;
  readonly deadline: Deadline;
  /** The receiver that runs on the board. */
  readonly running: Promise<AgentAnswer>;
  readonly onSent: (bytes: number) => void;
}

/** Sends the bytes as windows are granted; returns early when the receiver ended, whose promise then tells why. */
export async function feed({ line, bytes, grants, deadline, running, onSent }: Feeding): Promise<void> {
  let ended = false;
  const end = running.then(
    () => {
      ended = true;
    },
    () => {
      ended = true;
    },
  );
  for (let sent = 0; sent < bytes.length && !ended && !grants.refused; ) {
    if (grants.empty) await deadline.race(Promise.race([grants.more(), end]), 'the board to take a window');
    const count = grants.take(bytes.length - sent);
    if (count === 0 || ended) continue;
    await line.write(bytes.subarray(sent, sent + count), deadline, 'private');
    sent += count;
    onSent(sent);
  }
}
