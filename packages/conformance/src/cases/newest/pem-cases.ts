import type { CertificateBundle } from '@wirewrap/certgen';
import type { Capabilities } from '../../claim/claim.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { otherRoots } from '../exhaustion/other-roots.ts';
import { clientCase, HOST, type Parties, serverCase } from '../handshake-case.ts';
import { needs } from '../needs.ts';
import { CERT } from '../validation-cases.ts';

const readsPem = ({ pem }: Capabilities): string | null => (pem ? null : 'PEM is not read');

/** PEM as files of bundles have it: each is a good root in another dress. */
const DRESSES: Readonly<Record<string, (root: string, parties: Parties) => string | Promise<string>>> = {
  'with-comments': (root) => `# Root of a bundle\n${'='.repeat(18)}\n${root}\n# The end\n`,
  crlf: (root) => root.replaceAll('\n', '\r\n'),
  'no-last-newline': (root) => root.trimEnd(),
  'one-long-line': (root) => {
    const [, body = ''] = /-----\n([^-]+)-----END/.exec(root) ?? [];
    return root.replace(body, `${body.replaceAll('\n', '')}\n`);
  },
  'byte-order-mark': (root) => `\ufeff${root}`,
  'same-root-twice': (root) => root + root,
  'twenty-roots': async (root, { bench }) => (await otherRoots(bench.pki, 19)).join('') + root,
};

/** A str travels as a literal of the program: a large one takes more of a board than it says of PEM. */
const typesOf = (name: string): readonly ('bytes' | 'str')[] =>
  name === 'twenty-roots' ? ['bytes'] : ['bytes', 'str'];

const anchors: readonly ConformanceCase[] = Object.entries(DRESSES).flatMap(([name, dress]) =>
  typesOf(name).map((type) => ({
    ...clientCase({
      id: `newest/client/pem/${name}/${type}`,
      unavailable: (can) => needs('verify')(can) ?? readsPem(can),
      args: async (parties) => {
        const text = await dress(parties.bundle.ca.pem, parties);
        const cadata = type === 'str' ? text : Buffer.from(text);
        return { cert_reqs: CERT.REQUIRED, server_hostname: HOST, cadata };
      },
    }),
    budgetMs: 120_000,
  })),
);

/** Key and certificate of the board in PEM, also with a chain behind the certificate and words before the key. */
const OWN: Readonly<Record<string, (bundle: CertificateBundle) => { readonly key: string; readonly cert: string }>> = {
  plain: ({ key, leaf }) => ({ key: key.pem, cert: leaf.pem }),
  chain: ({ key, leaf, intermediates }) => ({
    key: key.pem,
    cert: [leaf, ...intermediates].map(({ pem }) => pem).join(''),
  }),
  'words-before-the-key': ({ key, leaf }) => ({
    key: `Bag Attributes\n    friendlyName: board\n${key.pem}`,
    cert: leaf.pem,
  }),
};

const own: readonly ConformanceCase[] = Object.entries(OWN).map(([name, make]) =>
  serverCase({
    id: `newest/server/pem/${name}`,
    profile: 'with-intermediate',
    unavailable: readsPem,
    identity: false,
    args: ({ bundle }) => {
      const { key, cert } = make(bundle);
      return { key: Buffer.from(key), cert: Buffer.from(cert) };
    },
    client: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
    canonical: (value, { wire }) => ({ ...value, presented: wire?.boardCertificates.length ?? 0 }),
  }),
);

/** PEM as it comes from files and bundles. Roles client and server. */
export const PEM_CASES: readonly ConformanceCase[] = [...anchors, ...own];
