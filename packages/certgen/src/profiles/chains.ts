import type { RecipeEntry } from '../recipe/certificate-draft.ts';
import type { ProfileRows } from '../recipe/certificate-profile.ts';
import type { RecipeContext } from '../recipe/recipe-context.ts';

export const NO_PATH = 'Every verifying peer: no path to a trust anchor (RFC 5280 section 6.1)';

const INVALID_CA = 'OpenSSL says 24 up to 1.1 and 79 from 3.0 on; both mean invalid CA certificate.';

/** A private extension that only takes up room. */
export function padding(bytes: number): NonNullable<RecipeEntry['extensions']> {
  return [{ oid: '1.3.6.1.4.1.55555.1', critical: false, hex: octetString(bytes) }];
}

function octetString(bytes: number): string {
  return `0482${bytes.toString(16).padStart(4, '0')}${'00'.repeat(bytes)}`;
}

/** Root, `count` intermediates called i1, i2, … and a leaf; sent leaf first. */
function caChain(c: RecipeContext, count: number) {
  const labels = Array.from({ length: count }, (_, n) => `i${n + 1}`);
  const steps = labels.map((label, n) => [label, c.authority(label, labels[n - 1] ?? 'root')] as const);
  const leaf = c.leaf({ issuer: labels.at(-1) ?? 'root' });
  return {
    certificates: { root: c.root(), ...Object.fromEntries(steps), leaf },
    serve: labels.toReversed(),
    trust: ['root'],
  };
}

/** The names of the rows below. */
export type ChainProfileName =
  | 'wrong-intermediate'
  | 'intermediates-reversed'
  | 'intermediate-twice'
  | 'leaf-twice'
  | 'unrelated-intermediate'
  | 'root-included'
  | 'pathlen-kept'
  | 'pathlen-exceeded'
  | 'not-a-ca'
  | 'leaf-as-ca'
  | 'ca-without-basic-constraints'
  | 'ca-without-key-cert-sign'
  | 'long-chain'
  | 'too-long-chain'
  | 'large-chain';

/** What is between the leaf and the anchor: whole, torn, tangled and too long. */
export const CHAIN_PROFILES: ProfileRows<ChainProfileName> = {
  'wrong-intermediate': {
    group: 'chains',
    what: 'The server sends an intermediate, but not the one that signed the leaf',
    wrong: 'The intermediate that is needed is missing',
    refuse: NO_PATH,
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) =>
      c.chained({}, { certificates: { other: c.authority('other intermediate', 'root') }, serve: ['other'] }),
  },
  'intermediates-reversed': {
    group: 'chains',
    what: 'Two intermediates, sent in the wrong order after the leaf',
    wrong: 'RFC 5246 section 7.4.2: each certificate must certify the one before it',
    refuse: 'Clients that read the chain strictly by TLS 1.2; RFC 8446 section 4.4.2 asks them to cope',
    openssl: { verify: 0 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    note: 'mbedTLS looks for an issuer only behind the certificate that it signed.',
    recipe: (c) => ({ ...caChain(c, 2), serve: ['i1', 'i2'] }),
  },
  'intermediate-twice': {
    group: 'chains',
    what: 'The server sends the intermediate twice',
    wrong: 'A superfluous certificate',
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.chained({}, { serve: ['intermediate', 'intermediate'] }),
  },
  'leaf-twice': {
    group: 'chains',
    what: 'The server sends its own certificate twice, then the intermediate',
    wrong: 'A superfluous certificate',
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.chained({}, { serve: ['leaf', 'intermediate'] }),
  },
  'unrelated-intermediate': {
    group: 'chains',
    what: 'The server sends an unrelated certificate between leaf and intermediate',
    wrong: 'A superfluous certificate',
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) =>
      c.chained({}, { certificates: { stranger: c.authority('stranger', null) }, serve: ['stranger', 'intermediate'] }),
  },
  'root-included': {
    group: 'chains',
    what: 'The server sends the root as well',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Allowed (RFC 5246 section 7.4.2), and a waste of the memory of a board.',
    recipe: (c) => c.chained({}, { serve: ['intermediate', 'root'] }),
  },
  'pathlen-kept': {
    group: 'chains',
    what: 'An intermediate with pathLenConstraint 0 signs the leaf itself',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.chained({ intermediate: { ca: { pathLength: 0 } } }),
  },
  'pathlen-exceeded': {
    group: 'chains',
    what: 'An intermediate with pathLenConstraint 0 signs another intermediate',
    wrong: 'There is one authority more below it than it allows',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.4 (l) and (m))',
    openssl: { verify: 25 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => {
      const recipe = caChain(c, 2);
      return {
        ...recipe,
        certificates: { ...recipe.certificates, i1: c.authority('i1', 'root', { ca: { pathLength: 0 } }) },
      };
    },
  },
  'not-a-ca': {
    group: 'chains',
    what: 'The intermediate says of itself that it is no authority',
    wrong: 'basicConstraints has CA:FALSE',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.4 (k))',
    openssl: { verify: [24, 79] },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    note: INVALID_CA,
    recipe: (c) => c.chained({ intermediate: { ca: false } }),
  },
  'leaf-as-ca': {
    group: 'chains',
    what: 'An ordinary server certificate signs another',
    wrong: 'The holder of one certificate plays authority',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.4 (k))',
    openssl: { verify: [24, 79] },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    note: INVALID_CA,
    recipe: (c) =>
      c.chained(
        {},
        {
          certificates: {
            intermediate: c.leaf({ subject: [['CN', 'player']], key: c.keyOf('intermediate', c.caKind) }),
          },
        },
      ),
  },
  'ca-without-basic-constraints': {
    group: 'chains',
    what: 'The intermediate has keyCertSign, but no basicConstraints',
    wrong: 'A version 3 certificate without basicConstraints is no authority',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.4 (k))',
    openssl: { verify: [24, 79] },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    note: INVALID_CA,
    recipe: (c) => c.chained({ intermediate: { ca: null } }),
  },
  'ca-without-key-cert-sign': {
    group: 'chains',
    what: 'The intermediate may sign lists, but no certificates',
    wrong: 'keyUsage lacks keyCertSign',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.4 (n))',
    openssl: { verify: [24, 79] },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    note: INVALID_CA,
    recipe: (c) => c.chained({ intermediate: { keyUsage: ['cRLSign'] } }),
  },
  'long-chain': {
    group: 'chains',
    what: 'Root, eight intermediates, leaf: a chain of ten',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'MBEDTLS_X509_MAX_INTERMEDIATE_CA is 8 by default: this is the longest chain that mbedTLS follows.',
    recipe: (c) => caChain(c, 8),
  },
  'too-long-chain': {
    group: 'chains',
    what: 'Root, nine intermediates, leaf: a chain of eleven',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: false, flags: [], errno: -12288 },
    note: 'Valid: the limit is that of mbedTLS (MBEDTLS_X509_MAX_INTERMEDIATE_CA 8), which answers MBEDTLS_ERR_X509_FATAL_ERROR.',
    recipe: (c) => caChain(c, 9),
  },
  'large-chain': {
    group: 'chains',
    what: 'A good chain that does not fit into one TLS record: the intermediate carries 17,000 bytes of padding',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: false, stops: 'the Certificate message is longer than the 16 KiB that mbedTLS keeps for it' },
    note: 'Valid: RFC 8446 section 5.1 lets a message span records. Boards with a 16 KiB buffer cannot take it, whatever cert_reqs says.',
    recipe: (c) => c.chained({ intermediate: { extensions: padding(17_000) } }),
  },
};
