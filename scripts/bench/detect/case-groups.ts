const of = (mode: string, profiles: readonly string[]): string[] => profiles.map((name) => `client/${mode}/${name}`);

/** What every claim on validation names, and nothing more: a whole mode has ten times as many. */
const BAD = ['self-signed', 'expired', 'not-yet-valid', 'wrong-host', 'untrusted-ca', 'missing-intermediate'];
const BASIC = ['good', 'good-rsa', 'with-intermediate', ...BAD];

/** CERT_REQUIRED, with the names that are checked. */
export const REQUIRED: readonly string[] = [
  ...of('required', BASIC),
  'client/name/right',
  'client/name/other',
  'client/name/omitted*',
];

/** Nothing asked for, and CERT_NONE. */
export const DEFAULTS: readonly string[] = [
  ...of('default', BASIC),
  ...of('default-named', BASIC),
  ...of('none', BASIC),
  ...of('none-named', BASIC),
];

export const OPTIONAL: readonly string[] = [...of('optional', BASIC), ...of('optional-bare', BASIC)];

/** Faults in the two versions of the client and in the server whose outcome an alert or a record decides. */
export const DATA_FAULTS: readonly string[] = [
  'fault/bit-flip-in-data',
  'fault/replayed-data',
  'fault/unprotected-data',
  'fault/bit-flip-in-finished',
  'fault/server/bit-flip-in-data',
  'fault/tls13/bit-flip-in-data',
];
