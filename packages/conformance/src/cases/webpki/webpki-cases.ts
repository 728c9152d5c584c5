import type { CertificateProfile } from '@wirewrap/certgen';
import type { ConformanceCase } from '../conformance-case.ts';
import { otherRoots } from '../exhaustion/other-roots.ts';
import { clientCase, HOST, type Parties } from '../handshake-case.ts';
import { needs } from '../needs.ts';
import { CERT } from '../validation-cases.ts';
import { WEB_CHAINS, type WebChain } from './web-chains.ts';

const profileOf = ({ name, fault, recipe }: WebChain): CertificateProfile => ({
  name: `web-${name}`,
  group: 'chains',
  what: `A chain in the shape of the public web's: ${name}`,
  wrong: fault,
  refuse: fault === null ? null : 'Every verifying peer',
  recipe,
});

const chainCase = (chain: WebChain): ConformanceCase =>
  clientCase({
    id: `webpki/${chain.name}`,
    profile: profileOf(chain),
    unavailable: needs('verify'),
    args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, cadata: bundle.ca.der, server_hostname: HOST }),
    // A chain in the open is what is seen; the host's own end takes any.
    server: { minVersion: 'TLSv1.2' },
  });

/** Bytes of roots in PEM that stand before the one that is needed, or before nothing. */
const bundleCase = (kilobytes: number, isThere: boolean): ConformanceCase => ({
  ...clientCase({
    id: `webpki/bundle-${kilobytes}-kb${isThere ? '' : '-without-the-root'}`,
    unavailable: (can) => needs('verify')(can) ?? (can.pem ? null : 'PEM is not read: a bundle needs it'),
    args: async ({ bundle, bench }: Parties) => {
      const [sample = ''] = await otherRoots(bench.pki, 1);
      const roots = await otherRoots(bench.pki, Math.ceil((kilobytes * 1024) / sample.length));
      const cadata = Buffer.from([...roots, ...(isThere ? [bundle.ca.pem] : [])].join(''));
      return { cert_reqs: CERT.REQUIRED, cadata, server_hostname: HOST };
    },
  }),
  budgetMs: 300_000,
});

/** Chains and bundles as the public web has them. Role client. */
export const WEBPKI_CASES: readonly ConformanceCase[] = [
  ...WEB_CHAINS.map(chainCase),
  ...[60, 100].flatMap((kilobytes) => [bundleCase(kilobytes, true), bundleCase(kilobytes, false)]),
];

/** Ids of the cases that a careful client accepts, and of those that it refuses. */
export const WEBPKI_GOOD: readonly string[] = [
  ...WEB_CHAINS.filter(({ fault }) => fault === null).map(({ name }) => `webpki/${name}`),
  'webpki/bundle-60-kb',
  'webpki/bundle-100-kb',
];
export const WEBPKI_BAD: readonly string[] = WEBPKI_CASES.map(({ id }) => id).filter((id) => !WEBPKI_GOOD.includes(id));
