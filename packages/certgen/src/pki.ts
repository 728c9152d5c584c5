import type { CertificateBundle } from './certificate-bundle.ts';
import type { CertificateRequest } from './certificate-request.ts';
import type { ProfileBuilder } from './profile-builder.ts';
import type { ProfileName } from './profiles/index.ts';
import type { CertificateProfile } from './recipe/certificate-profile.ts';

/** Hands out certificate bundles, from the cache where the recipe was made before. */
export interface Pki {
  /** `profile` is a name of the table, or a profile of one's own. */
  certificate(profile: ProfileName | CertificateProfile, request?: CertificateRequest): Promise<CertificateBundle>;
  /**
   * A new key and a certificate that signs itself, as the library `selfsigned` writes them: quick, valid for a year from
   * the clock's time, and another one at each call (nothing is kept in the cache). For a certificate that stays the
   * same take `certificate('self-signed')`.
   *
   * @example const { key, leaf } = await pki.selfSigned({ host: 'board.test' });
   * @throws CertgenError `BAD_REQUEST` for what is no host name, and for keys other than RSA-2048 to 4096 and P-256 to 521.
   */
  selfSigned(request?: CertificateRequest): Promise<CertificateBundle>;
  /** A profile of the table to change: `pki.profile('good').leaf({ hash: 'sha1' }).certificate({ host })`. */
  profile(name: ProfileName): ProfileBuilder;
}
