import type { CloseReason } from './transport.ts';

/** What every transport needs: listeners for data, and a close reason that settles once. Data before the first listener waits. */
export class TransportEvents {
  readonly closed: Promise<CloseReason>;
  readonly #listeners = new Set<(chunk: Uint8Array) => void>();
  #early: Uint8Array[] | null = [];
  #settle!: (reason: CloseReason) => void;
  #reason: CloseReason | null = null;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get reason(): CloseReason | null {
    return this.#reason;
  }

  data(chunk: Uint8Array): void {
    if (this.#early) this.#early.push(chunk);
    for (const listener of this.#listeners) listener(chunk);
  }

  close(reason: CloseReason): void {
    this.#reason ??= reason;
    this.#settle(this.#reason);
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    const early = this.#early;
    this.#early = null;
    for (const chunk of early ?? []) listener(chunk);
    return () => this.#listeners.delete(listener);
  }
}
