import type { BoardOutcome } from '@wirewrap/tls-lab';

/** Python's heap, or the C library's (`OSError(12)`, which mbedTLS's ALLOC_FAILED becomes too). */
export function isOutOfMemory({ error }: BoardOutcome): boolean {
  return error?.type === 'MemoryError' || (error?.type === 'OSError' && Math.abs(error.errno ?? 0) === 12);
}
