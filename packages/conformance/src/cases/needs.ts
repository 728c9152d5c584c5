import type { Capabilities } from '../claim/claim.ts';

type Need = (can: Capabilities) => string | null;

/** Reasons why a case cannot be posed, by what the board was found to have: never by a version. */
/** What a case may need of a board. */
export type NeedName =
  | 'context'
  | 'tlsModule'
  | 'anyContext'
  | 'psk'
  | 'signCallback'
  | 'dtls'
  | 'cipher'
  | 'getpeercert'
  | 'recv'
  | 'verify'
  | 'fileNames';

const NEEDS: Readonly<Record<NeedName, Need>> = {
  context: (can) => (can.contextMethods.length > 0 ? null : 'no ssl.SSLContext'),
  tlsModule: (can) => (can.tlsContextMethods.length > 0 ? null : 'no tls module'),
  anyContext: (can) => (can.contextMethods.length + can.tlsContextMethods.length > 0 ? null : 'no SSLContext'),
  psk: (can) => (can.tlsContextMethods.includes('psk_key') ? null : 'no pre-shared keys'),
  signCallback: (can) => (can.tlsContextMethods.includes('ecdsa_sign_callback') ? null : 'no ecdsa_sign_callback'),
  dtls: (can) => (can.constants.includes('PROTOCOL_DTLS_CLIENT') ? null : 'no DTLS'),
  cipher: (can) => (can.methods.includes('cipher') ? null : 'no method cipher()'),
  getpeercert: (can) => (can.methods.includes('getpeercert') ? null : 'no method getpeercert()'),
  recv: (can) => (can.methods.includes('recv') ? null : 'no method recv()'),
  verify: (can) => (can.keywords.includes('cert_reqs') ? null : 'no keyword cert_reqs'),
  fileNames: (can) => (can.fileNames === true ? null : 'file names are not read'),
};

/** The first reason that one of the needs gives. */
export function needs(...names: readonly NeedName[]): Need {
  return (can) => names.map((name) => NEEDS[name](can)).find((reason) => reason !== null) ?? null;
}
