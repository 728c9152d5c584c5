import { expect, test } from 'vitest';
import { BAD_PROFILES } from '../cases/profiles.ts';
import { WRAP_KEYWORDS } from '../cases/signature-cases.ts';
import type { Capabilities, Observation } from '../claim/claim.ts';
import { judgeClaims, redReason } from '../verdict/judge-claim.ts';
import { CLAIMS } from './index.ts';

/** What unmodified ESP32 firmware was seen to do (emulated chip, real Wi-Fi stack), per version. */
const FIRMWARES = ['1.18', '1.20.0', '1.23.0', '1.26.1'] as const;
type Firmware = (typeof FIRMWARES)[number];

const since = (firmware: Firmware, first: Firmware): boolean => FIRMWARES.indexOf(firmware) >= FIRMWARES.indexOf(first);

function capabilitiesOf(firmware: Firmware): Capabilities {
  const verifies = since(firmware, '1.20.0');
  const context = since(firmware, '1.23.0');
  const dtls = since(firmware, '1.26.1');
  const methods = ['close', 'getpeercert', 'read', 'readinto', 'readline', 'setblocking', 'write'];
  return {
    module: 'ssl',
    keywords: [
      'cert',
      'do_handshake',
      'key',
      'server_hostname',
      'server_side',
      ...(verifies ? ['cadata', 'cert_reqs'] : []),
    ],
    contextKeywords: context ? ['server_side', 'do_handshake_on_connect', 'server_hostname'] : [],
    constants: [
      ...(verifies ? ['CERT_NONE', 'CERT_OPTIONAL', 'CERT_REQUIRED'] : []),
      ...(context ? ['PROTOCOL_TLS_CLIENT', 'PROTOCOL_TLS_SERVER'] : []),
      ...(dtls ? ['PROTOCOL_DTLS_CLIENT', 'PROTOCOL_DTLS_SERVER'] : []),
    ],
    methods: [...methods, ...(context ? ['cipher'] : []), ...(dtls ? ['recv', 'recv_into', 'send', 'sendall'] : [])],
    contextMethods: context ? ['load_cert_chain', 'load_verify_locations', 'verify_mode', 'wrap_socket'] : [],
    tlsContextMethods: context ? ['get_ciphers', 'load_cert_chain', 'set_ciphers', 'verify_mode', 'wrap_socket'] : [],
    mbedtlsVersion: context ? `Mbed TLS ${dtls ? '3.6.3' : '3.4.1'}` : null,
    engine: context ? (dtls ? '3.6.3' : '3.4.1') : null,
    pem: true,
    fileNames: context,
    positional: context,
    contextPositional: context,
    clockSet: true,
    platform: 'esp32',
    version: firmware,
    hardware: true,
    shape: null,
  };
}

const ok = { end: 'completes', hello: true, boardAlert: null, peerAlert: null };
const fails = (error: object, hello = true) => ({
  end: 'fails',
  at: 'wrap',
  error,
  hello,
  boardAlert: null,
  peerAlert: null,
});
const typeError = fails({ type: 'TypeError', text: 'extra keyword arguments given' }, false);
const refused = { type: 'ValueError', text: 'The certificate does not verify' };
const noHostname = { type: 'ValueError', text: 'CERT_REQUIRED requires server_hostname' };

/** CERT_REQUIRED with cadata and server_hostname. */
function required(firmware: Firmware, profile: string): object {
  if (firmware === '1.18') return typeError;
  if (firmware !== '1.20.0') return fails(refused);
  const unchecked = profile === 'expired' || profile === 'not-yet-valid';
  return unchecked ? ok : fails({ type: 'OSError', code: -9984 });
}

function validation(firmware: Firmware): Record<string, unknown> {
  const withKeyword = firmware === '1.18' ? typeError : ok;
  return Object.fromEntries(
    BAD_PROFILES.flatMap((profile) => [
      ...['default', 'default-named'].map((mode) => [`client/${mode}/${profile}`, ok]),
      ...['none', 'none-named', 'none-cadata', 'optional', 'optional-bare'].map((mode) => [
        `client/${mode}/${profile}`,
        withKeyword,
      ]),
      [`client/required/${profile}`, required(firmware, profile)],
    ]),
  );
}

function module(can: Capabilities): Record<string, unknown> {
  const keywords = Object.keys(WRAP_KEYWORDS).map((name) => [
    `signature/keyword/${name}`,
    can.keywords.includes(name) ? 'accepted' : { raises: { type: 'TypeError', text: 'extra keyword arguments given' } },
  ]);
  const context = can.contextMethods.length > 0;
  return {
    ...Object.fromEntries(keywords),
    'module/functions': ['wrap_socket'],
    'module/classes': context ? ['SSLContext'] : [],
    'module/names': [...can.constants, 'wrap_socket'],
    'module/constants':
      can.constants.length > 0 ? { CERT_NONE: 0, CERT_OPTIONAL: 1, CERT_REQUIRED: 2 } : 'no constants',
    'module/sslerror': false,
    'module/sslerror-is': { raises: { type: 'AttributeError' } },
    'stream/methods': can.methods,
    'stream/socket-methods': can.methods.filter((name) => ['recv', 'recv_into', 'send', 'sendall'].includes(name)),
    'stream/type': context ? 'SSLSocket' : 'ussl',
    'signature/positional-all': { raises: { type: can.positional ? 'OSError' : 'TypeError' } },
  };
}

function behaviour(firmware: Firmware): Record<string, unknown> {
  const verifies = since(firmware, '1.20.0');
  const late = since(firmware, '1.23.0');
  const when = <T>(condition: boolean, value: T): T | object => (condition ? value : typeError);
  return {
    'client/default/good': ok,
    'client/required/good': when(verifies, ok),
    'client/name/right': when(verifies, ok),
    'client/name/other': required(firmware, 'wrong-host'),
    'client/name/omitted': verifies ? (late ? fails(noHostname, false) : ok) : typeError,
    'client/name/omitted-wrong-host': verifies ? (late ? fails(noHostname, false) : ok) : typeError,
    'client/cadata/der-bytes': when(verifies, ok),
    'client/cadata/pem-bytes': when(verifies, ok),
    'client/cadata/pem-two-roots': when(verifies, ok),
    'client/cadata/ca_certs-keyword': typeError,
    'client/clock/2000': late ? fails(refused) : ok,
    'handshake/true-is-done-after-wrap': { end: 'completes', helloAfterWrap: true, finished: true },
    'handshake/default-is-done-after-wrap': { end: 'completes', helloAfterWrap: true, finished: true },
    'handshake/false-sends-nothing': { end: 'completes', helloAfterWrap: false },
    'handshake/blocking-false': ok,
    'handshake/non-blocking-true': { end: 'completes', finishedInWrap: true },
    'server/identity/der': { ...ok, version: 'TLSv1.2' },
    'server/identity/pem': ok,
    'server/identity/none': fails({ type: 'OSError', code: late ? -28160 : -27008 }),
    'mutual/server/required-good': when(verifies, ok),
    'mutual/server/required-none': when(verifies, fails({ type: 'OSError', code: -29824 })),
    'mutual/server/required-stranger': verifies ? fails(late ? refused : { type: 'OSError', code: -9984 }) : typeError,
    'mutual/server/required-expired': verifies ? (late ? fails(refused) : ok) : typeError,
    'mutual/server/optional-stranger': when(verifies, ok),
    'mutual/server/optional-none': when(verifies, ok),
    'client/context/required-server-side-wrong-host':
      firmware === '1.26.1'
        ? fails({ type: 'OSError', code: -23936 })
        : late
          ? ok
          : { unavailable: 'no ssl.SSLContext' },
    'context/check-hostname-set': 'accepted',
    'book/https-server': { answered: false, error: { type: 'TypeError' } },
    'book/https-server-certfile-only': { answered: false, error: { type: 'TypeError' } },
    'book/https-client': { status: 'HTTP/1.0 200 OK', whole: true },
  };
}

test.for(FIRMWARES)('what ESP32 firmware %s was seen to do keeps a run green', (firmware) => {
  const can = capabilitiesOf(firmware);
  const values = { ...validation(firmware), ...module(can), ...behaviour(firmware) };
  const observations: Observation[] = Object.entries(values).map(([name, value]) => ({ case: name, value }));
  const results = judgeClaims(CLAIMS, observations, can);
  expect(results.map(redReason).filter((reason) => reason !== null)).toEqual([]);
  // The facts at hand decide many claims: the check is no empty one.
  expect(results.filter(({ verdict }) => verdict === 'conforms' || verdict === 'deviates').length).toBeGreaterThan(35);
});

test('a regression of that firmware turns the run red', () => {
  const can = capabilitiesOf('1.26.1');
  const values = { ...validation('1.26.1'), 'client/required/expired': ok };
  const observations = Object.entries(values).map(([name, value]) => ({ case: name, value }));
  const red = judgeClaims(CLAIMS, observations, can)
    .map(redReason)
    .filter((reason) => reason !== null);
  expect(red.join('\n')).toContain('book/required-validates deviates');
});
