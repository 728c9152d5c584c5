import { MicroPythonError, type TracebackFrame } from '../errors.ts';
import { ERRNO_NAMES } from './errno-names.ts';
import { MBEDTLS_NAMES } from './mbedtls-names.ts';
import { tryParseLiteral } from './parse-literal.ts';
import { formatTraceback, parseTraceback } from './traceback.ts';

/** Maps a frame of the board to the host's file; null drops it (frames of the driver's own program). */
export type FrameMap = (frame: TracebackFrame) => TracebackFrame | null;

interface RaisedFields {
  readonly traceback: string;
  /** Exact class name and args when the board told them, otherwise they are read from the traceback. */
  readonly type?: string;
  readonly args?: readonly unknown[];
  readonly isOsError?: boolean;
  /** What the program had printed before. */
  readonly output?: string;
}

/** The error for an exception that was raised on the board. */
export function raisedError(fields: RaisedFields, mapFrame: FrameMap = (frame) => frame): MicroPythonError {
  const parsed = parseTraceback(fields.traceback) ??
    // An exception whose own repr raises breaks off before its name.
    (fields.type === undefined ? undefined : parseTraceback(fields.traceback + fields.type)) ?? {
      type: 'Exception',
      message: fields.traceback.trim(),
      frames: [],
    };
  const type = fields.type ?? parsed.type;
  const args = fields.args ?? argsFromMessage(type, parsed.message);
  const frames = parsed.frames.map(mapFrame).filter((frame) => frame !== null);
  const isOsError = fields.isOsError ?? type === 'OSError';
  const errno = isOsError && typeof args[0] === 'number' ? args[0] : null;
  const at = frames.at(-1);
  const name = errno === null ? null : (ownName(parsed.message, args[1]) ?? errnoName(errno, args[1]));
  const named = name !== null && !parsed.message.includes(name) ? ` (${name})` : '';
  const where = at ? ` (${at.file}:${at.line})` : '';
  return new MicroPythonError({
    type,
    args,
    errno,
    errnoName: name,
    message: `${type}${parsed.message === '' ? '' : `: ${parsed.message}`}${named}${where}`,
    frames,
    traceback: formatTraceback({ type, message: parsed.message, frames }),
    output: fields.output ?? '',
  });
}

/** What the firmware itself calls its number: newlib's (ESP32) and Linux's differ. Source: `py/objexcept.c`. */
function ownName(message: string, told: unknown): string | undefined {
  if (typeof told === 'string' && told.startsWith('MBEDTLS_ERR_')) return undefined;
  return /^\[Errno -?\d+\] (E[A-Z0-9]+)/.exec(message)?.[1];
}

/** ESP-IDF's errors have the numbers of mbedTLS's; the text may begin with the number. Source: `ports/esp32/mphalport.c`. */
const ESP_ERR = /^(?:0x[0-9A-F]+ )?(ESP_ERR_\w+)/;

/**
 * The name of an errno, or of an mbedTLS code (negative, perhaps the sum of a high-level and a low-level one).
 *
 * @example errnoName(-9984); // 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED'
 */
export function errnoName(errno: number, told?: unknown): string | null {
  if (typeof told === 'string' && told.startsWith('MBEDTLS_ERR_')) return told;
  if (errno >= 0) return ERRNO_NAMES[errno] ?? null;
  const espName = typeof told === 'string' ? ESP_ERR.exec(told)?.[1] : undefined;
  if (espName) return espName;
  const code = -errno;
  // Sockets before 1.28 raise negative errnos out of read and write; no whole mbedTLS code that reaches Python is that small.
  const whole = code < 256 ? (ERRNO_NAMES[code] ?? MBEDTLS_NAMES[code]) : MBEDTLS_NAMES[code];
  if (whole) return whole;
  const high = MBEDTLS_NAMES[code & 0xff80];
  const low = MBEDTLS_NAMES[code & 0x7f];
  return high && low ? `${high}+${low}` : (high ?? null);
}

/** Best effort: the text after the type's name does not tell `'5'` from `5`. */
function argsFromMessage(type: string, message: string): readonly unknown[] {
  if (message === '') return [];
  const errno = type === 'OSError' ? /^\[Errno (-?\d+)\] ?([A-Z0-9]*)(?:: (.*))?$/s.exec(message) : null;
  if (errno) return errno[3] === undefined ? [Number(errno[1])] : [Number(errno[1]), errno[3]];
  const literal = tryParseLiteral(message);
  if (!literal) return [message];
  return message.startsWith('(') && Array.isArray(literal.value) ? literal.value : [literal.value];
}
