import type { Capabilities } from '../claim/claim.ts';

type Need = (can: Capabilities) => string | null;

/** Reasons why a case cannot be posed, by what the board was found to have: never by a version. */
export const NEEDS = {
  context: (can) => (can.contextMethods.length > 0 ? null : 'no ssl.SSLContext'),
  tlsModule: (can) => (can.tlsContextMethods.length > 0 ? null : 'no tls module'),
  anyContext: (can) => (can.contextMethods.length + can.tlsContextMethods.length > 0 ? null : 'no SSLContext'),
  dtls: (can) => (can.constants.includes('PROTOCOL_DTLS_CLIENT') ? null : 'no DTLS'),
  cipher: (can) => (can.methods.includes('cipher') ? null : 'no method cipher()'),
  getpeercert: (can) => (can.methods.includes('getpeercert') ? null : 'no method getpeercert()'),
  recv: (can) => (can.methods.includes('recv') ? null : 'no method recv()'),
  verify: (can) => (can.keywords.includes('cert_reqs') ? null : 'no keyword cert_reqs'),
  fileNames: (can) => (can.fileNames === true ? null : 'file names are not read'),
} as const satisfies Record<string, Need>;

/** The first reason that one of the needs gives. */
export function needs(...names: readonly (keyof typeof NEEDS)[]): Need {
  return (can) => names.map((name) => NEEDS[name](can)).find((reason) => reason !== null) ?? null;
}
