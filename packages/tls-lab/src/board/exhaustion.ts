import { formatBoardError } from './board-error.ts';
import type { BoardError, BoardOutcome } from './board-outcome.ts';

/** ENOMEM (also what MicroPython makes of MBEDTLS_ERR_SSL_ALLOC_FAILED) and ENOBUFS, on Linux and in newlib. */
const ERRNOS: readonly number[] = [12, 105];
/** What a firmware with other numbers calls them. */
const ERRNO_NAMES: readonly string[] = ['ENOMEM', 'ENOBUFS'];

/**
 * Errors of Mbed TLS that mean "no memory", in 2.16, 2.28 and 3.6 (include/mbedtls). MicroPython turns a code between -1 and
 * -255 into a positive errno (`mbedtls_raise_error` in extmod), so that MPI_ALLOC_FAILED is `OSError(16)`, which reads as EBUSY.
 */
const LOW_LEVEL: Readonly<Record<string, number>> = {
  MPI_ALLOC_FAILED: 0x10,
  // The random source of a board fails only where the hash behind it gets no memory: seen with virtual?nomemory=N.
  CTR_DRBG_ENTROPY_SOURCE_FAILED: 0x34,
  ASN1_ALLOC_FAILED: 0x6a,
};
const HIGH_LEVEL: Readonly<Record<string, number>> = {
  PEM_ALLOC_FAILED: 0x1180,
  X509_ALLOC_FAILED: 0x2880,
  DHM_ALLOC_FAILED: 0x3400,
  PK_ALLOC_FAILED: 0x3f80,
  ECP_ALLOC_FAILED: 0x4d80,
  MD_ALLOC_FAILED: 0x5180,
  CIPHER_ALLOC_FAILED: 0x6180,
  SSL_ALLOC_FAILED: 0x7f00,
};
/** PSA's own number, which is no sum of two. */
const PSA_ERROR_INSUFFICIENT_MEMORY = 141;

/** Bits of a code of Mbed TLS that hold the low-level error; the rest is the high-level error to which it was added. */
const LOW_LEVEL_BITS = 0x7f;
const SMALLEST_HIGH_LEVEL = 0x1000;

/**
 * Why the outcome says nothing about TLS because the board ran out of memory, in a clause; null when no sign of that is there.
 * The same case may be tried again on a board that was reset.
 *
 * The signs: `MemoryError`; ENOMEM and ENOBUFS; while TLS was at work also MPI_ALLOC_FAILED, which reads as EBUSY (16), alone
 * or added to another code (-17040 is RSA_PUBLIC_FAILED + MPI_ALLOC_FAILED, micropython #16650), the ALLOC_FAILED of each
 * module of Mbed TLS, and a code of `wrap_socket` without its text, for which MicroPython had no memory left.
 *
 * @example exhaustionOf(handshake.board) // 'the board was out of memory (OSError(16) EBUSY in wrap)'
 */
export function exhaustionOf(outcome: BoardOutcome): string | null {
  return outcome.error === null ? null : exhaustedIn(stepOf(outcome), outcome.error);
}

/**
 * The same of one exception. `step`: a step of a run, or `program` for a program of which it is not known whether TLS was at
 * work.
 *
 * @example exhaustedIn('program', error) // 'the board was out of memory (OSError(12) ENOMEM in program)'
 */
export function exhaustedIn(step: string, error: BoardError): string | null {
  return lacksMemory(error, step) ? `the board was out of memory (${formatBoardError(error)} in ${step})` : null;
}

/** Where a small number is an errno of the socket, and no code of Mbed TLS. */
const WITHOUT_TLS: readonly string[] = ['connect', 'accept', 'plaintext', 'program'];

function lacksMemory({ type, args, errno, errnoName }: BoardError, step: string): boolean {
  if (type === 'MemoryError') return true;
  if (errno === null) return false;
  if (ERRNOS.includes(Math.abs(errno)) || ERRNO_NAMES.includes(errnoName ?? '')) return true;
  if (WITHOUT_TLS.includes(step) && Math.abs(errno) < SMALLEST_HIGH_LEVEL) return false;
  if (isAllocationFailure(Math.abs(errno))) return true;
  return step === 'wrap' && errno <= -SMALLEST_HIGH_LEVEL && args.length === 1;
}

const isLow = (code: number): boolean => Object.values(LOW_LEVEL).includes(code);

function isAllocationFailure(code: number): boolean {
  if (code < SMALLEST_HIGH_LEVEL) return isLow(code) || code === PSA_ERROR_INSUFFICIENT_MEMORY;
  const low = code & LOW_LEVEL_BITS;
  return isLow(low) || Object.values(HIGH_LEVEL).includes(code - low);
}

/** The step that raised the error of the outcome. */
function stepOf({ wrap, steps, error }: BoardOutcome): string {
  return [wrap, ...steps].find((step) => step.error === error)?.step ?? wrap.step;
}
