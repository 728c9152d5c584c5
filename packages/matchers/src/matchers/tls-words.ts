import type { AlertDescription } from '@wirewrap/tls-lab';

type Replaced<
  Text extends string,
  From extends string,
  To extends string,
> = Text extends `${infer Head}${From}${infer Tail}` ? `${Head}${To}${Replaced<Tail, From, To>}` : Text;

type RegisteredAlert = keyof typeof AlertDescription;

/** An alert's name, also with spaces or dashes (`'unknown ca'`), or `alert_199` for a number that is not assigned. */
export type AlertName =
  | RegisteredAlert
  | Replaced<RegisteredAlert, '_', ' '>
  | Replaced<RegisteredAlert, '_', '-'>
  | `alert_${number}`;

/** A version of TLS: `'TLSv1.2'`, `'TLS 1.2'` or `'1.2'`. */
export type VersionName = 'TLSv1' | 'TLSv1.0' | `TLSv1.${1 | 2 | 3}` | `TLS 1.${0 | 1 | 2 | 3}` | `1.${0 | 1 | 2 | 3}`;

/** A cipher suite by its IANA, mbedTLS or OpenSSL name. Whether the suite exists is looked up when the test runs. */
export type CipherName = `TLS_${string}` | `${string}-${string}` | `0x${string}`;

/** The ways in which a connection closes, the first that either end did. */
export const CLOSINGS = ['close_notify', 'fin', 'rst', 'open'] as const;

/** A way to close; capitals (`'FIN'`) and `'close-notify'` are understood too. */
export type Closing = (typeof CLOSINGS)[number] | 'close-notify' | 'close notify' | 'FIN' | 'RST';
