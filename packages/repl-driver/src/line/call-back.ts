import { CallbackError } from '../errors.ts';

/** Runs a callback of the caller; fails with {@link CallbackError} when it throws. */
export function callBack(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    throw new CallbackError(error);
  }
}
