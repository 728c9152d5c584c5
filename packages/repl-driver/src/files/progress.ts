import { callBack } from '../line/call-back.ts';

type ProgressListener = (doneBytes: number, totalBytes: number) => void;

/**
 * What a caller is told of a transfer. It never goes back: while damaged bytes are sent again it stands still until they
 * passed the point that was told. The whole is told once, when the board has checked it.
 */
export class Progress {
  total: number;
  readonly #listener: ProgressListener;
  #settled = 0;
  #told = -1;

  constructor(total: number, listener: ProgressListener = () => {}) {
    this.total = total;
    this.#listener = listener;
  }

  /** So many bytes passed beyond those that are settled. */
  passed(bytes: number): void {
    this.#tell(Math.min(this.#settled + bytes, this.total - 1));
  }

  /** So many bytes more are checked on the board. */
  settle(bytes: number): void {
    this.#settled += bytes;
    this.#tell(Math.min(this.#settled, this.total - 1));
  }

  /** All is checked. */
  finish(): void {
    this.#tell(this.total);
  }

  #tell(done: number): void {
    if (done <= this.#told) return;
    this.#told = done;
    callBack(() => this.#listener(done, this.total));
  }
}
