import type { FailureClass } from './case-detail.ts';

/** Who is to blame, by the stable codes of our packages' errors and the system's. */
const CLASSES: Readonly<Record<string, FailureClass>> = {
  BOARD_RESET: 'board',
  BOARD_PANIC: 'board',
  BOARD_SILENT: 'board',
  NOT_WHOLE: 'board',
  OUT_OF_MEMORY: 'board',
  NOT_MICROPYTHON: 'board',
  DEADLINE: 'board',
  CASE_LOST: 'board',
  BOARD_GONE: 'board',
  NO_SUCH_PORT: 'link',
  NO_PERMISSION: 'link',
  PORT_BUSY: 'link',
  LEASED: 'link',
  TRANSPORT_CLOSED: 'link',
  PROTOCOL: 'link',
  NOT_CONNECTED: 'link',
  WIFI_REFUSED: 'link',
  NO_SSL: 'firmware',
  NO_MODULE: 'firmware',
  CAPABILITY: 'firmware',
  PYTHON: 'firmware',
  HOST: 'host',
  MISSING_TOOL: 'host',
  NO_FREE_PORT: 'host',
  NO_MICROPYTHON: 'host',
  PROVISION_FAILED: 'host',
  START_FAILED: 'host',
  NO_PTY: 'host',
  EADDRINUSE: 'host',
  EADDRNOTAVAIL: 'host',
  EMFILE: 'host',
  ENOMEM: 'host',
  ENOSPC: 'host',
  EDQUOT: 'host',
  EACCES: 'host',
  EROFS: 'host',
};

/** An error as it was thrown, or as vitest hands it from a worker. */
export interface FailureLike {
  readonly name?: string;
  readonly code?: unknown;
}

/**
 * The class of a failure. A matcher that was not met is the firmware's; what nobody foresaw is the test's.
 *
 * @example failureClassOf({ name: 'DeadlineError', code: 'DEADLINE' }); // 'board'
 */
export function failureClassOf(error: FailureLike | undefined): FailureClass {
  const known = typeof error?.code === 'string' && Object.hasOwn(CLASSES, error.code) ? CLASSES[error.code] : undefined;
  return known ?? (error?.name === 'AssertionError' ? 'firmware' : 'test');
}
