import { errnoName } from '@wirewrap/repl-driver';
import type { BoardError } from './board-outcome.ts';

/** An exception of the board from its type's name and its `args`. */
export function boardError(type: string, args: readonly unknown[]): BoardError {
  const errno = type === 'OSError' && typeof args[0] === 'number' ? args[0] : null;
  return { type, args, errno, errnoName: errno === null ? null : nameOf(errno, args[1]) };
}

/** Errors of the socket come negative from `read` and `write` before 1.28, where mbedTLS has no codes of its own. */
function nameOf(errno: number, text: unknown): string | null {
  return errnoName(errno < 0 && errno > -256 ? -errno : errno, text);
}

/** `OSError(-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED')` as a person reads it; a bare number gets its name. */
export function formatBoardError(error: BoardError): string {
  const name = error.errnoName && !error.args.includes(error.errnoName) ? ` ${error.errnoName}` : '';
  return `${error.type}(${error.args.map((arg) => (typeof arg === 'string' ? `'${arg.trim().replaceAll('\n', '; ')}'` : String(arg))).join(', ')})${name}`;
}
