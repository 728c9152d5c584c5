import { expect, test } from 'vitest';
import { alertName, suiteSpellings, versionName } from './names.ts';

test.for([
  ['TLSv1.2', 'TLSv1.2'],
  ['TLS 1.3', 'TLSv1.3'],
  ['tls1.1', 'TLSv1.1'],
  ['1.0', 'TLSv1'],
  ['TLSv1', 'TLSv1'],
  [0x0303, 'TLSv1.2'],
  [0x0301, 'TLSv1'],
] as const)('the version %s is %s', ([given, expected]) => {
  expect(versionName(given)).toBe(expected);
});

test.for([
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 'AES256-GCM-SHA384'],
  ['TLS_RSA_WITH_AES_128_CBC_SHA', 'AES128-SHA'],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'ECDHE-RSA-AES256-SHA384'],
  ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ['TLS_AES_128_GCM_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ['TLS_CHACHA20_POLY1305_SHA256', 'TLS_CHACHA20_POLY1305_SHA256'],
] as const)('OpenSSL calls %s %s', ([iana, openssl]) => {
  expect(suiteSpellings(iana)).toContain(openssl);
  expect(suiteSpellings(iana)).toContain(iana.replaceAll('_', '-'));
});

test.for([
  ['TLS_AES_128_GCM_SHA256', 'TLS1-3-AES-128-GCM-SHA256'],
  ['TLS_CHACHA20_POLY1305_SHA256', 'TLS1-3-CHACHA20-POLY1305-SHA256'],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS-ECDHE-RSA-WITH-AES-256-GCM-SHA384'],
] as const)('the board’s cipher() calls %s %s', ([iana, mbedtls]) => {
  expect(suiteSpellings(iana)).toContain(mbedtls);
});

test.for(['unknown_ca', 'Unknown CA', 'unknown-ca', 'tlsv1 alert unknown ca', 'ssl/tls alert unknown ca'])(
  'the alert %s is unknown_ca',
  (given) => {
    expect(alertName(given)).toBe('unknown_ca');
  },
);
