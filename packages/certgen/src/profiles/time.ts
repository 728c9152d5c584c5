import type { ProfileRows } from '../recipe/certificate-profile.ts';

/** The names of the rows below. */
export type TimeProfileName =
  | 'expires-soon'
  | 'expired-long-ago'
  | 'valid-1970-to-2000'
  | 'starts-today'
  | 'inverted-validity'
  | 'beyond-2050'
  | 'no-expiry'
  | 'expired-intermediate'
  | 'future-intermediate'
  | 'expired-root'
  | 'root-newer-than-leaf';

/** Validity in every way in which a clock, or a reader of times, can go wrong. */
export const TIME_PROFILES: ProfileRows<TimeProfileName> = {
  'expires-soon': {
    group: 'time',
    what: 'Good for one more minute by the clock that was handed in',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Made again each second; nothing here checks again in the middle of a connection.',
    recipe: (c) => c.direct({ notBefore: c.calendar.day(-30), notAfter: c.calendar.second(60) }),
  },
  'expired-long-ago': {
    group: 'time',
    what: 'Ended five years ago',
    wrong: 'notAfter lies far in the past',
    refuse: 'Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 10 },
    mbedtls: { accepts: false, flags: ['EXPIRED'] },
    recipe: (c) => c.direct({ notBefore: c.calendar.year(-7), notAfter: c.calendar.year(-5) }),
  },
  'valid-1970-to-2000': {
    group: 'time',
    what: 'Valid from 1970 to the end of 2000 only',
    wrong: 'Ended long ago; but an ESP32 whose clock was never set believes that it is 2000',
    refuse: 'Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 10 },
    mbedtls: { accepts: false, flags: ['EXPIRED'] },
    note: 'A board without a set clock accepts this one and refuses `good`.',
    recipe: (c) => c.direct({ notBefore: '1970-01-01T00:00:00.000Z', notAfter: '2000-12-31T23:59:59.000Z' }),
  },
  'starts-today': {
    group: 'time',
    what: 'Valid since midnight UTC',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'A clock that holds local time west of Greenwich may call it not yet valid.',
    recipe: (c) => c.direct({ notBefore: c.calendar.day(0), notAfter: c.calendar.day(30) }),
  },
  'inverted-validity': {
    group: 'time',
    what: 'Begins in ten days and ended ten days ago',
    wrong: 'notAfter stands before notBefore: it was never valid',
    refuse: 'Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 9 },
    mbedtls: { accepts: false, flags: ['EXPIRED', 'FUTURE'] },
    recipe: (c) => c.direct({ notBefore: c.calendar.day(10), notAfter: c.calendar.day(-10) }),
  },
  'beyond-2050': {
    group: 'time',
    what: 'Ends sixty years from now, so that notAfter is a GeneralizedTime',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'RFC 5280 section 4.1.2.5: from 2050 on a time is GeneralizedTime. A reader with a 32-bit time_t may fall over 2038.',
    recipe: (c) => c.direct({ notAfter: c.calendar.year(60) }),
  },
  'no-expiry': {
    group: 'time',
    what: 'Has no well-defined end: notAfter is 99991231235959Z',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'RFC 5280 section 4.1.2.5 defines this value for devices that outlive any date.',
    recipe: (c) => c.direct({ notAfter: '9999-12-31T23:59:59.000Z' }),
  },
  'expired-intermediate': {
    group: 'time',
    what: 'A good leaf under an intermediate that ended yesterday',
    wrong: 'notAfter of the intermediate lies in the past',
    refuse: 'Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 10 },
    mbedtls: { accepts: false, flags: ['EXPIRED'] },
    recipe: (c) => c.chained({ intermediate: { notAfter: c.calendar.day(-0.5) } }),
  },
  'future-intermediate': {
    group: 'time',
    what: 'A good leaf under an intermediate that begins in a month',
    wrong: 'notBefore of the intermediate lies in the future',
    refuse: 'Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2))',
    openssl: { verify: 9 },
    mbedtls: { accepts: false, flags: ['FUTURE'] },
    recipe: (c) => c.chained({ intermediate: { notBefore: c.calendar.day(30) } }),
  },
  'expired-root': {
    group: 'time',
    what: 'A good leaf under a trusted root that ended yesterday',
    wrong: 'The trust anchor is out of date',
    refuse: 'OpenSSL and mbedTLS do; RFC 5280 section 6.1.1 (d) does not ask for the time of a trust anchor',
    openssl: { verify: 10 },
    mbedtls: { accepts: false, flags: ['EXPIRED'] },
    recipe: (c) => {
      const old = c.authority('expired root', null, { notAfter: c.calendar.day(-0.5) });
      return c.direct({ issuer: 'old' }, { certificates: { old }, trust: ['old'] });
    },
  },
  'root-newer-than-leaf': {
    group: 'time',
    what: 'A good leaf under a root that begins later than the leaf does, but before now',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'The shell model of X.509 asks only for now; validity periods need not nest.',
    recipe: (c) => {
      const young = c.authority('young root', null, { notBefore: c.calendar.day(-1) });
      return c.direct({ issuer: 'young' }, { certificates: { young }, trust: ['young'] });
    },
  },
};
