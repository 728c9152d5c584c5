import { errnoName } from '@wirewrap/repl-driver';
import type { BoardError } from './board-outcome.ts';

/** An exception of the board from its type's name and its `args`; `told` is what the board calls the number. */
export function boardError(type: string, args: readonly unknown[], told: string | null = null): BoardError {
  const errno = type === 'OSError' && typeof args[0] === 'number' ? args[0] : null;
  const ofTls = typeof args[1] === 'string' && args[1].startsWith('MBEDTLS_ERR_');
  return { type, args, errno, errnoName: errno === null ? null : ((ofTls ? null : told) ?? nameOf(errno, args[1])) };
}

/** Errors of the socket come negative from `read` and `write` before 1.28, where mbedTLS has no codes of its own. */
function nameOf(errno: number, text: unknown): string | null {
  return errnoName(errno < 0 && errno > -256 ? -errno : errno, text);
}

/**
 * `OSError(-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED')` as a person reads it; a bare number gets its name.
 *
 * @example formatBoardError({ type: 'OSError', args: [16], errno: 16, errnoName: 'EBUSY' }); // 'OSError(16) EBUSY'
 */
export function formatBoardError({ type, args, errnoName: name }: BoardError): string {
  const told = name && !args.includes(name) ? ` ${name}` : '';
  return `${type}(${args.map(argumentText).join(', ')})${told}`;
}

/** Texts of certificate checks begin and end with a line end, and have one line for each thing that is wrong. */
function argumentText(arg: unknown): string {
  if (typeof arg !== 'string') return String(arg);
  const line = arg.trim().replaceAll('\n', '; ');
  return line.includes("'") ? `"${line}"` : `'${line}'`;
}
