import type { KeyUsageName, Recipe } from '../recipe/certificate-draft.ts';
import type { ProfileRows } from '../recipe/certificate-profile.ts';
import type { RecipeContext } from '../recipe/recipe-context.ts';
import { padding } from './chains.ts';

const SIGNS: readonly KeyUsageName[] = ['digitalSignature'];

/** A client is known by its name, not by a host. */
function client(c: RecipeContext) {
  return {
    subject: [['CN', 'client']] as const,
    key: c.keyOf('client'),
    keyUsage: SIGNS,
    extendedKeyUsage: ['clientAuth'] as const,
    altNames: null,
  };
}

function clientBy(
  c: RecipeContext,
  leaf: Parameters<RecipeContext['leaf']>[0] = {},
  rest: Partial<Recipe> = {},
): Recipe {
  return c.direct({ ...client(c), ...leaf }, rest);
}

/** The names of the rows below. */
export type ClientProfileName =
  | 'client-good'
  | 'client-no-eku'
  | 'client-with-intermediate'
  | 'client-missing-intermediate'
  | 'client-large-chain'
  | 'client-expired'
  | 'client-not-yet-valid'
  | 'client-self-signed'
  | 'client-untrusted-ca'
  | 'client-server-eku'
  | 'client-wrong-key-usage'
  | 'client-broken-signature'
  | 'client-revoked';

/** Certificates for mutual TLS: what a server that asks for one makes of it. */
export const CLIENT_PROFILES: ProfileRows<ClientProfileName> = {
  'client-good': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate of the trusted root',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => clientBy(c),
  },
  'client-no-eku': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate without extKeyUsage',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => clientBy(c, { extendedKeyUsage: null }),
  },
  'client-with-intermediate': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate with the intermediate that signed it',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.chained({ leaf: client(c) }),
  },
  'client-missing-intermediate': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate without the intermediate that signed it',
    wrong: 'The intermediate is missing',
    refuse: 'Every verifying server that has only the root: no path (RFC 5280 section 6.1)',
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => c.chained({ leaf: client(c) }, { serve: [] }),
  },
  'client-large-chain': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate whose chain is longer than 4 KiB',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Valid for the server; a board whose output buffer has 4 KiB (ESP-IDF 5) cannot send it.',
    recipe: (c) => c.chained({ leaf: client(c), intermediate: { extensions: padding(4200) } }),
  },
  'client-expired': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate that ended at noon yesterday',
    wrong: 'notAfter lies in the past',
    refuse: 'Every verifying server that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 10 },
    mbedtls: { accepts: false, flags: ['EXPIRED'] },
    recipe: (c) => clientBy(c, { notBefore: c.calendar.day(-365), notAfter: c.calendar.day(-0.5) }),
  },
  'client-not-yet-valid': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate that begins in a month',
    wrong: 'notBefore lies in the future',
    refuse: 'Every verifying server that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 9 },
    mbedtls: { accepts: false, flags: ['FUTURE'] },
    recipe: (c) => clientBy(c, { notBefore: c.calendar.day(30), notAfter: c.calendar.day(395) }),
  },
  'client-self-signed': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate that signs itself',
    wrong: 'Nobody that the server trusts vouches for it',
    refuse: 'Every verifying server: no path to a trust anchor (RFC 5280 section 6.1)',
    openssl: { verify: 18 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => clientBy(c, { issuer: null }),
  },
  'client-untrusted-ca': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate of a root that the server does not have',
    wrong: 'The issuer is unknown',
    refuse: 'Every verifying server: no path to a trust anchor (RFC 5280 section 6.1)',
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => clientBy(c, { issuer: 'stranger' }, { certificates: { stranger: c.authority('stranger', null) } }),
  },
  'client-server-eku': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate with extKeyUsage serverAuth',
    wrong: 'It was made for servers',
    refuse: 'Every verifying server (RFC 5280 section 4.2.1.12)',
    openssl: { verify: 26 },
    mbedtls: { accepts: false, flags: ['EXT_KEY_USAGE'], errno: -31232 },
    recipe: (c) => clientBy(c, { extendedKeyUsage: ['serverAuth'] }),
  },
  'client-wrong-key-usage': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate with keyUsage keyEncipherment only',
    wrong: 'keyUsage allows no signature, and CertificateVerify is one',
    refuse: 'Every verifying server (RFC 5280 section 4.2.1.3)',
    openssl: { verify: 26 },
    mbedtls: { accepts: false, flags: ['KEY_USAGE'], errno: -31232 },
    notServedIn: 'TLSv1.2',
    recipe: (c) => clientBy(c, { keyUsage: ['keyEncipherment'] }),
  },
  'client-broken-signature': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate with the last bit of its signature turned over',
    wrong: 'The signature does not verify',
    refuse: 'Every verifying server (RFC 5280 section 6.1.3 (a)(1))',
    openssl: { verify: 7 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => clientBy(c, { bends: ['break-signature'] }),
  },
  'client-revoked': {
    group: 'clients',
    role: 'client',
    what: 'A client certificate that is on the list of its authority',
    wrong: 'It was taken back',
    refuse: 'Every server that checks the list (RFC 5280 section 6.3.3)',
    openssl: { verify: 23 },
    mbedtls: { accepts: true, withCrl: ['REVOKED'] },
    note: 'MicroPython has no way to hand a CRL to mbedTLS, so a board accepts it.',
    recipe: (c) =>
      clientBy(
        c,
        {},
        {
          crls: [{ issuer: 'root', revokes: ['leaf'], thisUpdate: c.calendar.day(-1), nextUpdate: c.calendar.day(30) }],
        },
      ),
  },
};
