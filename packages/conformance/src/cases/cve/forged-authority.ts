import type { CertificateProfile } from '@wirewrap/certgen';

/** basicConstraints (RFC 5280 section 4.2.1.9) as `SEQUENCE { INTEGER 1 }`: cA is absent, so it is false. */
const PATH_LENGTH_ALONE = { oid: '2.5.29.19', critical: true, hex: '3003020101' } as const;

/** The chain of CVE-2026-49300: a certificate that is no CA signs another one. */
export const FORGED_AUTHORITY: CertificateProfile = {
  name: 'path-length-without-ca',
  group: 'chains',
  what: 'The intermediate has a critical basicConstraints with a path length and without cA',
  wrong: 'RFC 5280 section 4.2.1.9: cA is absent and so false; the certificate signs another one',
  refuse: 'Every verifying peer; mbedTLS before 3.6.7 and 4.1.1 takes the number for cA (CVE-2026-49300)',
  openssl: { verify: 79 },
  recipe: (c) => c.chained({ intermediate: { ca: null, extensions: [PATH_LENGTH_ALONE] } }),
};
