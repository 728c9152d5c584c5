/** Deliberate damage to a certificate, applied by `encode/bends.ts`. */
export const bendNames = [
  'break-signature',
  'nul-in-names',
  'utf8-in-names',
  'md5-signature',
  'signature-algorithm-mismatch',
  'version-1',
  'without-extensions',
  'utc-time-without-seconds',
  'generalized-time',
  'trailing-byte',
  'negative-serial',
  'duplicate-extension',
] as const;

export type BendName = (typeof bendNames)[number];
