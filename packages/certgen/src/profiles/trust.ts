import type { ProfileRows } from '../recipe/certificate-profile.ts';
import { NO_PATH } from './chains.ts';

/** The names of the rows below. */
export type TrustProfileName =
  | 'self-signed-trusted'
  | 'self-signed-ca'
  | 'same-name-ca'
  | 'forged-issuer'
  | 'cross-signed'
  | 'cross-signed-expired'
  | 'intermediate-as-anchor'
  | 'leaf-as-anchor'
  | 'circular-chain';

/** Who vouches for the leaf, and whom the other end trusts. */
export const TRUST_PROFILES: ProfileRows<TrustProfileName> = {
  'self-signed-trusted': {
    group: 'chains',
    what: 'A self-signed certificate that the other end holds as its anchor',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Pinning: the certificate of the server is itself the trust anchor.',
    recipe: (c) => ({
      certificates: { leaf: c.leaf({ issuer: null, key: c.keyOf('self-signed') }) },
      serve: [],
      trust: ['leaf'],
    }),
  },
  'self-signed-ca': {
    group: 'chains',
    what: 'A self-signed certification authority that serves as server certificate, unknown to the other end',
    wrong: 'Nobody that the other end trusts vouches for it',
    refuse: NO_PATH,
    openssl: { verify: 18 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => ({
      certificates: {
        root: c.root(),
        leaf: c.leaf({
          issuer: null,
          key: c.keyOf('self-signed'),
          ca: {},
          keyUsage: ['digitalSignature', 'keyCertSign'],
        }),
      },
      serve: [],
      trust: ['root'],
    }),
  },
  'same-name-ca': {
    group: 'chains',
    what: 'A leaf of an authority that has the name of the trusted root, but another key',
    wrong: 'The name of the issuer is right, its key is not: the authority was set up again',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.3 (a)(1))',
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    note: 'authorityKeyIdentifier tells the two apart; without it OpenSSL says 7, certificate signature failure.',
    recipe: (c) => {
      const twin = { ...c.root(), key: c.keyOf('twin root', c.caKind) };
      return c.direct({ issuer: 'twin' }, { certificates: { twin } });
    },
  },
  'forged-issuer': {
    group: 'chains',
    what: 'A leaf that says it is from the trusted root, signed with the key of another',
    wrong: 'The signature is not that of the issuer',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.3 (a)(1))',
    openssl: { verify: 7 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => c.direct({ signedWith: c.keyOf('stranger', c.caKind) }),
  },
  'cross-signed': {
    group: 'chains',
    what: 'The root of the leaf is new; the server sends its cross-certificate from the root that the other end has',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) =>
      c.direct({ issuer: 'cross' }, { certificates: { cross: c.authority('new root', 'root') }, serve: ['cross'] }),
  },
  'cross-signed-expired': {
    group: 'chains',
    what: 'The other end has the new root; the server still sends an expired cross-certificate for it',
    wrong: 'The path through the cross-certificate is out of date, but there is another',
    refuse:
      'Nobody should: a path exists (RFC 4158). Clients that do not look for a second path failed in May 2020 and September 2021',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => {
      const cross = c.authority('new root', 'root', { notAfter: c.calendar.day(-0.5) });
      return c.direct(
        { issuer: 'cross' },
        { certificates: { cross, anchor: c.authority('new root', null) }, serve: ['cross'], trust: ['anchor'] },
      );
    },
  },
  'intermediate-as-anchor': {
    group: 'chains',
    what: 'The other end trusts the intermediate and does not have the root',
    wrong: 'The anchor is not self-signed',
    refuse: 'OpenSSL without X509_V_FLAG_PARTIAL_CHAIN; RFC 5280 section 6.1.1 (d) allows any anchor',
    openssl: { verify: 2 },
    mbedtls: { accepts: true },
    recipe: (c) => c.chained({}, { trust: ['intermediate'] }),
  },
  'leaf-as-anchor': {
    group: 'chains',
    what: 'The other end pins a leaf that an authority has signed',
    wrong: 'The anchor is no authority and not self-signed',
    refuse: 'OpenSSL without X509_V_FLAG_PARTIAL_CHAIN, and mbedTLS, which takes only self-issued end-entity anchors',
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => c.direct({}, { trust: ['leaf'] }),
  },
  'circular-chain': {
    group: 'chains',
    what: 'Two authorities that have signed each other, and no root',
    wrong: 'The path runs in a circle',
    refuse: NO_PATH,
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => ({
      certificates: {
        root: c.root(),
        a: c.authority('a', 'b'),
        b: c.authority('b', 'a'),
        leaf: c.leaf({ issuer: 'a' }),
      },
      serve: ['a', 'b', 'a'],
      trust: ['root'],
    }),
  },
};
