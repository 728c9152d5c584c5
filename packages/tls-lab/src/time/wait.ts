import { TlsLabError } from '../tls-lab-error.ts';

export interface WaitOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** Waits for a promise until a deadline or an abort; the error names what was waited for, how long, and what was received instead. */
export async function waitFor<Value>(
  what: string,
  promise: Promise<Value>,
  { deadlineMs, signal }: WaitOptions,
  instead: () => string = () => 'nothing',
): Promise<Value> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const onAbort = (): void =>
    reject(new TlsLabError('ABORTED', `Waiting for ${what} was aborted.`, { cause: signal?.reason }));
  const timer = setTimeout(
    () => reject(new TlsLabError('DEADLINE', `Waited ${deadlineMs} ms for ${what}; received instead: ${instead()}.`)),
    deadlineMs,
  );
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** True when the promise settled within the time. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    return await Promise.race([
      promise.then(
        () => true as const,
        () => true as const,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
