import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explainProfile, listProfiles } from './explain-profile.ts';
import { certificatesReadme } from './files/readme.ts';
import { PROFILES } from './profiles/index.ts';

test('explains what a profile is and how to see it', () => {
  expect(explainProfile('expired')).toMatchInlineSnapshot(`
    "expired (basic, presented by a server)
      What it is:           Good in everything but time: it ended at noon yesterday.
      What is wrong:        notAfter lies in the past.
      Who should refuse it: Every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2)).
      OpenSSL:              error 10, certificate has expired.
      mbedTLS:              refuses with CERT_REQUIRED: ValueError, "The certificate validity has expired" (MBEDTLS_X509_BADCERT_EXPIRED); with CERT_NONE it completes.
      Note:                 MicroPython on the ESP32 checks time from 1.22 on.

    See for yourself:
      wirewrap certs --profile expired --out certs
      openssl x509 -noout -text -in certs/expired/leaf.pem
      openssl verify -CAfile certs/expired/ca.pem -purpose sslserver -verify_hostname board.test certs/expired/leaf.pem
    "
  `);
});

test.for(PROFILES)('$name is explained in whole words', ({ name, what }) => {
  const text = explainProfile(name, { folder: '/out' });
  expect(text).toContain(what);
  expect(text).toContain(`/out/${name}/leaf.pem`);
  expect(text).not.toMatch(/undefined|(?<!\/dev\/)null|\[object|x509_vfy/);
});

test('asks for another host in the command, too', () => {
  expect(explainProfile('good', { host: '192.0.2.7' })).toMatch(/--host 192\.0\.2\.7[\s\S]*-verify_ip 192\.0\.2\.7/);
});

test('lists every profile on a line of its own', () => {
  expect(listProfiles().trimEnd().split('\n')).toHaveLength(PROFILES.length);
});

test('the README in the repository is the one that the command writes', async () => {
  expect(await readFile(new URL('../../../certs/README.md', import.meta.url), 'utf8')).toBe(certificatesReadme());
});
