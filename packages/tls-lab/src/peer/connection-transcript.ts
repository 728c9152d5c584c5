import { settlesWithin } from '../time/wait.ts';
import type { Transcript } from '../transcript/transcript.ts';
import type { Arrival } from './arrivals.ts';

/** The transcript of a connection once it has closed; one that is still open after `deadlineMs` is cut off. */
export async function transcriptOf(connection: Arrival, deadlineMs: number, signal?: AbortSignal): Promise<Transcript> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const abort = (): void => resolve();
  signal?.addEventListener('abort', abort, { once: true });
  await settlesWithin(Promise.race([connection.closed, aborted]), signal?.aborted ? 0 : deadlineMs);
  signal?.removeEventListener('abort', abort);
  const transcript = await connection.transcript();
  await connection[Symbol.asyncDispose]();
  return transcript;
}
