/**
 * What a caller's own callback threw, in `cause`: whatever that is, it says nothing of this board. It ends the call as what
 * nobody foresaw does, and is taken out before the caller sees it.
 */
export class CallbackError extends Error {
  constructor(cause: unknown) {
    super('A callback of the caller failed.', { cause });
  }
}

/** Runs a callback of the caller; fails with {@link CallbackError} when it throws. */
export function callBack(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    throw new CallbackError(error);
  }
}
