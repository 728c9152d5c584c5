import type { AgentAnswer } from '../agent/agent-session.ts';
import { WINDOW_BYTES } from '../agent/programs.ts';
import { BUSY, GRANT, READY, SKIP } from '../agent/transfer-marks.ts';
import type { Line } from '../line/line.ts';
import { ResetWatch } from '../line/reset-watch.ts';
import type { StallWatch } from '../line/stall-watch.ts';
import type { Deadline } from '../time/deadline.ts';

const MARKS: readonly number[] = [GRANT, BUSY, READY, SKIP];

/** What the board prints while it receives: windows that it grants, and whether it is busy. */
export class Grants {
  /** What was received and is neither: noise, or the messages of a boot. */
  readonly resets: ResetWatch = new ResetWatch();
  readonly #watch: StallWatch;
  #bytes = 0;
  #wake: (() => void) | null = null;
  /** True when the board holds equal files: it wants nothing. */
  refused = false;

  constructor(watch: StallWatch) {
    this.#watch = watch;
  }

  readonly add = (bytes: Uint8Array): void => {
    for (const byte of bytes) {
      if (byte === GRANT) this.#bytes += WINDOW_BYTES;
      if (byte === SKIP) this.refused = true;
      if (byte === GRANT || byte === READY) this.#watch.patient = false;
      if (byte === BUSY) this.#watch.patient = true;
    }
    const others = bytes.filter((byte) => !MARKS.includes(byte));
    if (others.length > 0) this.#addOthers(others);
    this.#wake?.();
  };

  /** A board that boots again will not answer any more; what is in flight may garble its prompt. */
  #addOthers(bytes: Uint8Array): void {
    this.resets.add(bytes);
    const signs = this.resets.signs();
    if (signs !== 'none') this.#watch.patient = false;
    if (signs === 'certain' || signs === 'rebooting') this.#watch.cut();
  }

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

interface Feeding {
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
