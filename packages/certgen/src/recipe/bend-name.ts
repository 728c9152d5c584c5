/** Deliberate damage to a certificate, applied by `encode/bends.ts`. */
export const BEND_NAMES = [
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

/** How a certificate is bent after it was signed; a row of the table of bends. */
export type BendName = (typeof BEND_NAMES)[number];
