import type { BoardError } from '@wirewrap/tls-lab';

/** An exception of the board as it is in an observation. */
export interface ObservedError {
  readonly type: string;
  /** OSError: the number with the sign that Python saw. */
  readonly code?: number;
  /** Name of the number, whatever text the firmware had for it. */
  readonly name?: string;
  /** Where the number differs between ports: whether Python saw it below zero. */
  readonly negative?: boolean;
  /** Other exceptions: the message, lines joined by `; `. */
  readonly text?: string;
  /** In place of a message whose wording belongs to the build: what it is about. */
  readonly about?: string;
}

/** Object addresses in messages differ from run to run. */
function withoutAddresses(text: string): string {
  return text.replace(/0x[0-9a-f]{6,}|\b[0-9a-f]{8,}\b/g, '…');
}

/**
 * Canonical form. The text of an OSError with an mbedTLS code is left out: the same firmware gives it or not, depending
 * on free memory (`mbedtls_raise_error` in extmod), and its wording belongs to the build, not to the behaviour.
 */
export function observedError(error: BoardError): ObservedError {
  if (error.type === 'OSError' && error.errno !== null) {
    return { type: error.type, code: error.errno, ...(error.errnoName === null ? {} : { name: error.errnoName }) };
  }
  const text = error.args
    .map((argument) => String(argument))
    .join(', ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ');
  return { type: error.type, ...(text === '' ? {} : { text: withoutAddresses(text) }) };
}

/** `ValueError: The certificate validity has expired`, `OSError -9984 MBEDTLS_ERR_X509_CERT_VERIFY_FAILED`. */
export function describeError(error: ObservedError): string {
  if (error.code !== undefined) return `${error.type} ${error.code}${error.name === undefined ? '' : ` ${error.name}`}`;
  if (error.name !== undefined) {
    return `${error.type} ${error.name}${error.negative === true ? ' with a negative number' : ''}`;
  }
  if (error.about !== undefined) return `${error.type} about ${error.about}`;
  return error.text === undefined ? error.type : `${error.type}: ${error.text}`;
}
