import { type BoardSettings, Lease } from '@wirewrap/boards';

/** The boards of a vitest process: taken when the first run begins, given back when vitest closes. */
export class BoardLeases implements AsyncDisposable {
  readonly #leases = new Map<string, Lease>();

  /** Takes those that are not ours yet; fails with `LEASED` where somebody else has one. */
  async take(boards: readonly BoardSettings[]): Promise<void> {
    for (const board of boards) {
      if (this.#leases.has(board.url)) continue;
      this.#leases.set(board.url, await Lease.acquire(board, { purpose: 'vitest' }));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const leases = [...this.#leases.values()];
    this.#leases.clear();
    for (const lease of leases) await lease.release();
  }
}
