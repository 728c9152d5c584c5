import type { CertificateBundle } from './certificate-bundle.ts';

export type KeyKind = 'rsa-2048' | 'p-256';

export interface CertificateRequest {
  /** Host name, or IP address, that a client checks. Default `board.test`. */
  readonly host?: string;
  /** Default `p-256`: quick on a board. */
  readonly key?: KeyKind;
}

/** Hands out certificate bundles, from the cache where the recipe was made before. */
export interface Pki {
  certificate(profile: string, request?: CertificateRequest): Promise<CertificateBundle>;
}
