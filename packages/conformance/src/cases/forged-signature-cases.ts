import type { ConformanceCase } from './conformance-case.ts';
import { withForgedKey } from './forged-key.ts';
import { clientCase, type Parties, serverCase } from './handshake-case.ts';
import { needsVersion } from './offered-versions.ts';
import { CERT } from './validation-cases.ts';

const VERSIONS = [
  { name: 'tls12', version: 'TLSv1.2' },
  { name: 'tls13', version: 'TLSv1.3' },
] as const;

/** The peer presents a certificate that verifies, and signs with another key than the certificate's. */
export const FORGED_SIGNATURE_CASES: readonly ConformanceCase[] = VERSIONS.flatMap(({ name, version }) => [
  clientCase({
    id: `client/forged-signature/${name}`,
    ...(version === 'TLSv1.2' ? {} : { impossible: needsVersion(version) }),
    args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, cadata: bundle.ca.der, server_hostname: bundle.host }),
    server: { minVersion: version, maxVersion: version },
    presents: withForgedKey,
  }),
  serverCase({
    id: `mutual/server/forged-signature-${name}`,
    args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, cadata: bundle.ca.der }),
    client: async (parties: Parties) => ({
      minVersion: version,
      maxVersion: version,
      certificate: withForgedKey(await parties.certificate('client-good')),
    }),
    run: { stopOnError: true },
    // In TLS 1.3 the host's keys are already those of the data when the board's alert comes: what it says is its own affair.
    canonical: ({ peerAlert: _ours, ...value }) => value,
  }),
]);
