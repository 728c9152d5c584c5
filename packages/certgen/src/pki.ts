import type { CertificateBundle } from './certificate-bundle.ts';
import type { KeyKind } from './keys/key-kind.ts';
import type { ProfileName } from './profiles/index.ts';
import type { CertificateProfile } from './recipe/certificate-profile.ts';
import type { ProfileBuilder } from './recipe/profile-builder.ts';

export interface CertificateRequest {
  /** Host name, or IP address, that a client checks. Default `board.test`, or what the profile is about. */
  readonly host?: string;
  /** Kind of the leaf's key, unless the profile is about another. Default `p-256`: quick on a board. */
  readonly key?: KeyKind;
}

/** Hands out certificate bundles, from the cache where the recipe was made before. */
export interface Pki {
  /** `profile` is a name of the table, or a profile of one's own. */
  certificate(profile: ProfileName | CertificateProfile, request?: CertificateRequest): Promise<CertificateBundle>;
  /** A profile of the table to change: `pki.profile('good').leaf({ hash: 'sha1' }).certificate({ host })`. */
  profile(name: ProfileName): ProfileBuilder;
}
