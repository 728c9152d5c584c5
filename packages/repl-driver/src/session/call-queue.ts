import type { Deadline } from '../time/deadline.ts';

/** What the error of a deadline tells. */
interface Wait {
  /** What the call is for. */
  readonly what: string;
  /** What it waits for at this moment. */
  readonly now: () => string;
  /** What was received instead. */
  readonly came: () => string;
}

/** Calls on one board, one after the other, in the order in which they were asked for. */
export class CallQueue {
  #last: Promise<void> = Promise.resolve();

  /**
   * Runs the task when all earlier ones are done. The caller is answered at its deadline at the latest; the next call
   * waits until `task` and what it cleans up have ended.
   */
  async run<T>({ what, now, came }: Wait, deadline: Deadline, task: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let release!: () => void;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await deadline.race(before, `earlier calls to end before ${what}`);
    } catch (error) {
      void before.then(release);
      throw error;
    }
    const work = task().finally(release);
    return await deadline.race(work, now, came);
  }

  /** Resolves when everything that was asked for so far has ended. */
  idle(): Promise<void> {
    return this.#last;
  }
}
