import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { opensslName } from '../src/probe/openssl-name.ts';
import type { ProbeReport } from '../src/probe/probe-report.ts';
import { wirewrap } from './wirewrap.ts';

const openssl = await execa('openssl', ['ciphers', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'], { reject: false });

test.skipIf(openssl.failed)('the names of cipher suites are those of openssl (needs openssl)', () => {
  const rows = openssl.stdout.split('\n').map((line) => line.trim().split(/\s+/));
  const suites = rows.filter(([iana = '', , , ...rest]) => {
    // Suites that a certificate takes part in; OpenSSL has names of its own for anonymous and pre-shared ones.
    return iana.includes('_WITH_') && !/PSK|SRP|anon|NULL/.test(`${iana} ${rest.join(' ')}`);
  });
  expect(suites.length).toBeGreaterThan(40);
  for (const [iana = '', , name] of suites) expect(opensslName(iana), iana).toBe(name);
});

describe('wirewrap probe', () => {
  test('tells what the virtual board can do in both roles', async () => {
    const { exitCode, stdout, stderr } = await wirewrap(['probe', '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { client, server } = JSON.parse(stdout) as ProbeReport & { server: ProbeReport['client'] };
    expect(client.versions).toContain('TLSv1.2');
    expect(client.versions).not.toContain('TLSv1');
    expect(client.cipherSuites).toContain('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
    expect(client).toMatchObject({ serverNameIndication: true, largestRecordRead: 16_384 });
    // What the whole project is about: by default nothing is validated.
    expect(client.accepts.byDefault).toEqual(expect.arrayContaining(['good', 'expired', 'self-signed', 'wrong-host']));
    expect(client.accepts.withCertRequired).toEqual(['good', 'with-intermediate']);
    expect(server.versions).toEqual(client.versions);
    // A server can only use what the client side of the same library offers.
    expect(client.cipherSuites).toEqual(expect.arrayContaining([...server.cipherSuites]));
    expect(server.cipherSuites.some((name) => name.includes('_RSA_WITH_AES_128'))).toBe(true);
    expect(server.groups).toContain('secp256r1');
    for (const { costs } of [client, server]) {
      expect(costs.p256.ms).toBeGreaterThan(0);
      expect(costs.rsa2048.ms).toBeGreaterThan(0);
      // Mbed TLS's contexts are objects of Python; its buffers are elsewhere on the unix port.
      expect(costs.p256.heapBytes).toBeGreaterThan(1000);
      expect(costs.p256.idfHeapBytes).toBeNull();
    }
  });

  test('prints what matters on one screen, and everything with --verbose', async () => {
    const { stdout } = await wirewrap(['probe']);
    expect(stdout).toMatch(/^ClientHello: JA3 [0-9a-f]{32}, JA4 t1[23]d/m);
    expect(stdout).toMatch(
      /AS CLIENT\nBAD {3}certificates accepted by default: self-signed, .*\n {6}anybody in the middle/,
    );
    expect(stdout).toMatch(/^AS SERVER$/m);
    expect(stdout.split('\n').length).toBeLessThan(50);
    const { stdout: all } = await wirewrap(['probe', '--verbose']);
    expect(all).toMatch(/ {2}good {2}TLSv1\.2 +RFC 9325/);
    expect(all).toMatch(/certificates accepted with CERT_REQUIRED\n {2}good {2}good +valid and trusted/);
  });
});
