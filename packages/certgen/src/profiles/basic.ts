import { isIP } from 'node:net';
import type { ProfileRows } from '../recipe/certificate-profile.ts';

/** The names of the rows below. */
export type BasicProfileName =
  | 'good'
  | 'self-signed'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-host'
  | 'ip-san'
  | 'untrusted-ca'
  | 'with-intermediate'
  | 'missing-intermediate';

/** The nine cases that every TLS tester starts with. */
export const BASIC_PROFILES: ProfileRows<BasicProfileName> = {
  good: {
    group: 'basic',
    what: 'A leaf for the host, signed by the trusted root',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct(),
  },
  'self-signed': {
    group: 'basic',
    what: 'A certificate that signs itself',
    wrong: 'Nobody that the other end trusts vouches for it',
    refuse: 'Every verifying peer: no path to a trust anchor (RFC 5280 section 6.1)',
    openssl: { verify: 18 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => ({
      certificates: {
        root: c.root(),
        leaf: c.leaf({ issuer: null, key: c.keyOf('self-signed'), keyIdentifiers: false }),
      },
      serve: [],
      trust: ['root'],
    }),
  },
  expired: {
    group: 'basic',
    what: 'Good in everything but time: it ended at noon yesterday',
    wrong: 'notAfter lies in the past',
    refuse: 'Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 10 },
    mbedtls: { accepts: false, flags: ['EXPIRED'] },
    note: 'MicroPython on the ESP32 checks time from 1.22 on.',
    recipe: (c) => c.direct({ notBefore: c.calendar.day(-365), notAfter: c.calendar.day(-0.5) }),
  },
  'not-yet-valid': {
    group: 'basic',
    what: 'Good in everything but time: it begins in a month',
    wrong: 'notBefore lies in the future',
    refuse: 'Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 9 },
    mbedtls: { accepts: false, flags: ['FUTURE'] },
    note: 'To a board whose clock was never set every certificate looks like this one.',
    recipe: (c) => c.direct({ notBefore: c.calendar.day(30), notAfter: c.calendar.day(395) }),
  },
  'wrong-host': {
    group: 'basic',
    what: 'A good certificate of another host',
    wrong: 'Neither subjectAltName nor CN is the host that was asked for',
    refuse: 'Every client that checks names (RFC 9525 section 6)',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [['CN', 'other.test']], altNames: [{ type: 'dns', value: 'other.test' }] }),
  },
  'ip-san': {
    group: 'basic',
    what: 'A leaf for an address: subjectAltName holds it as iPAddress',
    wrong: null,
    refuse: null,
    host: '127.0.0.1',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'mbedTLS before 3.5 (MicroPython on the ESP32 before 1.24) does not look at iPAddress and refuses: CN_MISMATCH.',
    recipe: (c) =>
      c.direct({
        subject: [['CN', 'board']],
        altNames: [isIP(c.host) === 0 ? { type: 'ip', value: '127.0.0.1' } : c.altName()],
      }),
  },
  'untrusted-ca': {
    group: 'basic',
    what: 'A leaf for the host, signed by a root that the other end does not have',
    wrong: 'The issuer is unknown',
    refuse: 'Every verifying peer: no path to a trust anchor (RFC 5280 section 6.1)',
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => c.direct({ issuer: 'stranger' }, { certificates: { stranger: c.authority('stranger', null) } }),
  },
  'with-intermediate': {
    group: 'basic',
    what: 'Root, intermediate, leaf; the server sends leaf and intermediate',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.chained(),
  },
  'missing-intermediate': {
    group: 'basic',
    what: 'Root, intermediate, leaf; the server sends the leaf only',
    wrong: 'The intermediate is missing, which RFC 8446 section 4.4.2 and RFC 5246 section 7.4.2 make the server send',
    refuse: 'Every verifying peer that has only the root: no path (RFC 5280 section 6.1)',
    openssl: { verify: 20 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => c.chained({}, { serve: [] }),
  },
};
