import type { CertificateBundle } from './certificate-bundle.ts';
import type { CertificateRequest } from './certificate-request.ts';
import type { ProfileBuilder } from './profile-builder.ts';
import type { ProfileName } from './profiles/index.ts';
import type { CertificateProfile } from './recipe/certificate-profile.ts';

/** Hands out certificate bundles, from the cache where the recipe was made before. */
export interface Pki {
  /** `profile` is a name of the table, or a profile of one's own. */
  certificate(profile: ProfileName | CertificateProfile, request?: CertificateRequest): Promise<CertificateBundle>;
  /** A profile of the table to change: `pki.profile('good').leaf({ hash: 'sha1' }).certificate({ host })`. */
  profile(name: ProfileName): ProfileBuilder;
}
