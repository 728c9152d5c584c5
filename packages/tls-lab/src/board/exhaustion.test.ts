import { describe, expect, test } from 'vitest';
import { boardError } from './board-error.ts';
import type { BoardOutcome } from './board-outcome.ts';
import { exhaustedIn, exhaustionOf } from './exhaustion.ts';

function raised(step: string, type: string, args: readonly unknown[]): BoardOutcome {
  const error = boardError(type, args);
  const wraps = step === 'wrap' || step === 'connect' || step === 'accept' || step === 'program';
  const wrap = wraps ? { step, value: null, error, ms: 5 } : { step: 'wrap', value: null, error: null, ms: 5 };
  const steps = wraps ? [] : [{ step, value: null, error, ms: 5 }];
  const rest = { completed: false, wrapMs: 0, heapBefore: null, heapAfter: null, crash: null };
  return { role: 'client', wrap, steps, error, ...rest };
}

test('of one exception of a program: an errno of memory, or a code of Mbed TLS', () => {
  const inProgram = (errno: number) => exhaustedIn('program', boardError('OSError', [errno]));
  expect(inProgram(12)).toBe('the board was out of memory (OSError(12) ENOMEM in program)');
  expect(inProgram(-17040)).toMatch(/MPI_ALLOC_FAILED in program\)$/);
  expect(inProgram(16)).toBeNull();
});

describe('signs of a board without memory', () => {
  test.for<[step: string, type: string, args: readonly unknown[]]>([
    ['wrap', 'MemoryError', ['memory allocation failed, allocating 16717 bytes']],
    ['read', 'MemoryError', []],
    ['connect', 'OSError', [12]],
    ['connect', 'OSError', [105]],
    ['program', 'OSError', [12]],
    ['program', 'OSError', [-105]],
    ['program', 'OSError', [-17040]],
    ['wrap', 'OSError', [12]],
    ['write', 'OSError', [-12]],
    // MPI_ALLOC_FAILED alone: esp32-1.27.0 gave this after 1,500 connections.
    ['wrap', 'OSError', [16]],
    ['read', 'OSError', [-16]],
    ['wrap', 'OSError', [-0x7f00]],
    ['read', 'OSError', [-0x7f00]],
    ['wrap', 'OSError', [-17040]],
    ['wrap', 'OSError', [-17040, 'MBEDTLS_ERR_RSA_PUBLIC_FAILED+MBEDTLS_ERR_MPI_ALLOC_FAILED']],
    ['wrap', 'OSError', [-17168, 'MBEDTLS_ERR_RSA_PRIVATE_FAILED+MBEDTLS_ERR_MPI_ALLOC_FAILED']],
    ['read', 'OSError', [-0x4290]],
    ['read', 'OSError', [-0x4310]],
    // Added to other codes: X509_INVALID_SIGNATURE, ECP_BAD_INPUT_DATA, SSL_DECODE_ERROR.
    ['wrap', 'OSError', [-0x2490, 'MBEDTLS_ERR_X509_INVALID_SIGNATURE+MBEDTLS_ERR_MPI_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x4f90, 'MBEDTLS_ERR_ECP_BAD_INPUT_DATA+MBEDTLS_ERR_MPI_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x236a, 'MBEDTLS_ERR_X509_INVALID_NAME+MBEDTLS_ERR_ASN1_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x2880, 'MBEDTLS_ERR_X509_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x3f80, 'MBEDTLS_ERR_PK_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x4d80, 'MBEDTLS_ERR_ECP_ALLOC_FAILED']],
    ['wrap', 'OSError', [141]],
    // CTR_DRBG_ENTROPY_SOURCE_FAILED alone and added to RSA_RNG_FAILED; ASN1_ALLOC_FAILED alone.
    ['wrap', 'OSError', [52]],
    ['read', 'OSError', [-52]],
    ['wrap', 'OSError', [-0x44b4, 'MBEDTLS_ERR_RSA_RNG_FAILED+MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED']],
    ['wrap', 'OSError', [106]],
    ['wrap', 'OSError', [-20864, 'MBEDTLS_ERR_MD_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x1180, 'MBEDTLS_ERR_PEM_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x3400, 'MBEDTLS_ERR_DHM_ALLOC_FAILED']],
    ['wrap', 'OSError', [-0x6180, 'MBEDTLS_ERR_CIPHER_ALLOC_FAILED']],
    // A code of wrap_socket whose text no longer fitted into the heap.
    ['wrap', 'OSError', [-29312]],
  ])('%s: %s%j', ([step, type, args]) => {
    expect(exhaustionOf(raised(step, type, args))).toMatch(/^the board was out of memory \(.*\)$/);
  });

  test.for<[step: string, type: string, args: readonly unknown[]]>([
    ['wrap', 'OSError', [-29312, 'MBEDTLS_ERR_SSL_CONN_EOF']],
    ['wrap', 'OSError', [-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED']],
    ['wrap', 'OSError', [-9570, 'MBEDTLS_ERR_X509_INVALID_EXTENSIONS+MBEDTLS_ERR_ASN1_UNEXPECTED_TAG']],
    ['wrap', 'OSError', [-8672, 'MBEDTLS_ERR_X509_INVALID_FORMAT+MBEDTLS_ERR_ASN1_OUT_OF_DATA']],
    ['wrap', 'OSError', [-12288, 'MBEDTLS_ERR_X509_FATAL_ERROR']],
    // Errors of read and write have no text before 1.28.
    ['read', 'OSError', [-30592]],
    ['read', 'OSError', [-29184]],
    // EBUSY of a socket that is not yet under TLS.
    ['connect', 'OSError', [16]],
    ['program', 'OSError', [16]],
    ['connect', 'OSError', [52]],
    ['wrap', 'OSError', [104]],
    // MPI_FILE_IO_ERROR and ASN1_OUT_OF_DATA alone: not of memory.
    ['wrap', 'OSError', [2]],
    ['wrap', 'OSError', [96]],
    ['wrap', 'OSError', [-0x4c80, 'MBEDTLS_ERR_ECP_INVALID_KEY']],
    ['wrap', 'OSError', [-0x5280, 'MBEDTLS_ERR_MD_FILE_IO_ERROR']],
    ['wrap', 'OSError', [116]],
    ['read', 'OSError', [-110]],
    ['wrap', 'ValueError', ['invalid cert']],
  ])('not %s: %s%j', ([step, type, args]) => {
    expect(exhaustionOf(raised(step, type, args))).toBeNull();
  });

  test('a handshake that went well', () => {
    const wrap = { step: 'wrap', value: null, error: null, ms: 5 };
    const rest = { completed: true, steps: [], wrapMs: 5, heapBefore: null, heapAfter: null, crash: null };
    expect(exhaustionOf({ role: 'client', wrap, error: null, ...rest })).toBeNull();
  });
});
