import { describe, expect, test } from 'vitest';
import type { RoleReport } from '../probe-report.ts';
import { judgeProbe } from './judge-probe.ts';
import { markOf } from './judgement.ts';
import { GROUP_RULES, SIGNATURE_RULES, SUITE_RULES, VERSION_RULES } from './rules.ts';

const cost = { ms: 1, heapBytes: null, idfHeapBytes: null };
const role: RoleReport = {
  versions: ['TLSv1.2'],
  cipherSuites: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
  groups: ['secp256r1'],
  signatureAlgorithms: ['ecdsa_secp256r1_sha256'],
  serverNameIndication: true,
  alpn: [],
  sessionTickets: true,
  largestRecordRead: 16_384,
  costs: { rsa2048: cost, p256: cost },
};
const accepts = { byDefault: ['good'], withCertRequired: ['good'], certRequired: true };
const judged = (client: object, server: RoleReport | null = null) =>
  judgeProbe({ client: { ...role, accepts, ...client }, server }).map(
    ({ mark, role: end, subject, name }) => `${mark} ${end} ${subject}: ${name}`,
  );

describe('the marks of names', () => {
  test.for([
    [VERSION_RULES, 'TLSv1.1', 'bad', /RFC 8996/],
    [VERSION_RULES, 'TLSv1.3', 'good', /RFC 9325/],
    [SUITE_RULES, 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'bad', /static RSA: no forward secrecy/],
    [SUITE_RULES, 'TLS_RSA_WITH_NULL_SHA256', 'bad', /no encryption/],
    [SUITE_RULES, 'TLS_ECDH_RSA_WITH_AES_128_CBC_SHA', 'bad', /no forward secrecy/],
    [SUITE_RULES, 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 'bad', /64 bits/],
    [SUITE_RULES, 'TLS_DH_anon_WITH_AES_128_CBC_SHA', 'bad', /^without authentication/],
    [SUITE_RULES, 'TLS_DHE_RSA_WITH_DES_CBC_SHA', 'bad', /less than 112 bits/],
    [SUITE_RULES, 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8', 'weak', /CCM_8/],
    [SUITE_RULES, 'TLS_AES_128_CCM_8_SHA256', 'weak', /CCM_8/],
    [SUITE_RULES, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'weak', /CBC/],
    [SUITE_RULES, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'weak', /finite fields/],
    [SUITE_RULES, 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM', 'good', /forward secrecy/],
    [SUITE_RULES, 'TLS_AES_128_GCM_SHA256', 'good', /TLS 1\.3/],
    [SUITE_RULES, 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV', 'good', /signal/],
    [GROUP_RULES, 'secp192r1', 'bad', /RFC 8422/],
    [GROUP_RULES, 'secp256k1', 'weak', /RFC 8422/],
    [GROUP_RULES, 'x25519', 'good', /128/],
    [SIGNATURE_RULES, 'ecdsa_sha1', 'bad', /RFC 9155/],
    [SIGNATURE_RULES, 'rsa_pkcs1_sha1', 'bad', /RFC 9155/],
    [SIGNATURE_RULES, 'rsa_pss_rsae_sha256', 'good', /SHA-256/],
    [SUITE_RULES, 'TLS_NEVER_HEARD_OF', 'weak', /look it up/],
  ] as const)('%$: %s', ([rules, name, mark, reason]) => {
    expect(markOf(rules, name)).toMatchObject({ mark, reason: expect.stringMatching(reason) });
  });
});

describe('what a probe found', () => {
  test('a careful board with TLS 1.2 lacks TLS 1.3 and nothing else', () => {
    expect(judged({}).filter((line) => !line.startsWith('good'))).toEqual(['weak client version: no TLSv1.3']);
  });

  test('certificates that a careful client refuses come first', () => {
    const [first] = judged({ accepts: { ...accepts, byDefault: ['good', 'expired'] } });
    expect(first).toBe('bad client certificate accepted by default: expired');
  });

  test('missing forward secrecy is told of the whole list', () => {
    const lines = judged({}, { ...role, cipherSuites: ['TLS_RSA_WITH_AES_128_GCM_SHA256'] });
    expect(lines).toContain('bad server cipher suite: no forward secrecy');
  });

  test('a firmware that cannot check certificates', () => {
    const lines = judged({ accepts: { byDefault: [], withCertRequired: [], certRequired: false } });
    expect(lines).toContain('bad client certificate accepted with CERT_REQUIRED: no certificate');
  });

  test('extensions by presence and by absence', () => {
    const lines = judged({ extensions: [0, 15, 43] });
    expect(lines).toEqual(
      expect.arrayContaining([
        'good client extension: server_name',
        'bad client extension: heartbeat',
        'weak client extension: no extended_master_secret',
      ]),
    );
    expect(lines.join()).not.toContain('encrypt_then_mac');
  });
});
