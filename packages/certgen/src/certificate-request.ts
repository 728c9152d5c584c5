import type { KeyKind } from './keys/key-kind.ts';

/** For whom a certificate is made, and with what kind of key. */
export interface CertificateRequest {
  /** Host name, or IP address, that a client checks. Default `board.test`, or what the profile is about. */
  readonly host?: string;
  /** Kind of the leaf's key, unless the profile is about another. Default `p-256`: quick on a board. */
  readonly key?: KeyKind;
}
