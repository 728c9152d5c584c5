/** Every alert of the IANA registry; a test compares it with tls-lab's table. */
export const alertNames = [
  'close_notify',
  'unexpected_message',
  'bad_record_mac',
  'decryption_failed',
  'record_overflow',
  'decompression_failure',
  'handshake_failure',
  'no_certificate',
  'bad_certificate',
  'unsupported_certificate',
  'certificate_revoked',
  'certificate_expired',
  'certificate_unknown',
  'illegal_parameter',
  'unknown_ca',
  'access_denied',
  'decode_error',
  'decrypt_error',
  'too_many_cids_requested',
  'export_restriction',
  'protocol_version',
  'insufficient_security',
  'internal_error',
  'inappropriate_fallback',
  'user_canceled',
  'no_renegotiation',
  'missing_extension',
  'unsupported_extension',
  'certificate_unobtainable',
  'unrecognized_name',
  'bad_certificate_status_response',
  'bad_certificate_hash_value',
  'unknown_psk_identity',
  'certificate_required',
  'general_error',
  'no_application_protocol',
  'ech_required',
] as const;

type Replaced<
  Text extends string,
  From extends string,
  To extends string,
> = Text extends `${infer Head}${From}${infer Tail}` ? `${Head}${To}${Replaced<Tail, From, To>}` : Text;

type RegisteredAlert = (typeof alertNames)[number];

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
export const closings = ['close_notify', 'fin', 'rst', 'open'] as const;

/** A way to close; capitals (`'FIN'`) and `'close-notify'` are understood too. */
export type Closing = (typeof closings)[number] | 'close-notify' | 'close notify' | 'FIN' | 'RST';
