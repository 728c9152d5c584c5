import type { Capabilities, KnownDeviation } from '../claim/claim.ts';
import { anyOf, includes } from '../claim/pattern.ts';
import type { ClaimRow } from './claim-row.ts';
import { COMPLETES, REFUSES_CERTIFICATE, raises } from './expected.ts';

const hasContext = (can: Capabilities): boolean => can.contextMethods.length > 0;

/** A method that only `tls.SSLContext` has. */
const lacks = (method: string): KnownDeviation => ({
  when: (can) => hasContext(can) && !can.contextMethods.includes(method),
  firmware: '>=1.23',
  observed: anyOf(raises('AttributeError'), { end: 'fails', hello: false, error: { type: 'AttributeError' } }),
  reason: `the frozen ssl.SSLContext of 1.23 and later has no ${method}; tls.SSLContext has it`,
});

/** `SSLContext`, its certificates and its ciphers. */
export const CONTEXT_ROWS: readonly ClaimRow[] = [
  {
    id: 'context',
    topic: 'SSLContext',
    role: 'both',
    firmware: '>=1.21',
    statement: 'There is a class SSLContext that wraps sockets',
    expects: {
      'module/classes': includes('SSLContext'),
      'client/context/default-untrusted': COMPLETES,
      'server/context/bytes': COMPLETES,
    },
  },
  {
    id: 'context-several',
    topic: 'SSLContext',
    role: 'both',
    firmware: '>=1.21',
    statement: 'A context wraps sockets, as many as come',
    expects: {
      'client/context/three-times': { answers: ["b'0\\n'", "b'1\\n'", "b'2\\n'"] },
      'server/context/three-times': { answers: ['0\n', '1\n', '2\n'] },
    },
  },
  {
    id: 'context-protocol',
    topic: 'SSLContext',
    role: 'module',
    firmware: '>=1.21',
    statement: 'SSLContext takes the protocol, which must be given',
    expects: { 'context/protocol-missing': raises('TypeError') },
  },
  {
    id: 'context-protocol-values',
    topic: 'SSLContext',
    role: 'module',
    firmware: '>=1.21',
    statement: 'protocol must be one of the PROTOCOL_ constants',
    expects: { 'context/protocol-bad': raises('ValueError') },
    deviations: [{ when: hasContext, observed: 'accepted', reason: 'any number is taken' }],
  },
  {
    id: 'context-default',
    topic: 'default validation',
    role: 'client',
    firmware: '>=1.21',
    statement: 'A context validates nothing by default',
    expects: {
      'context/default-verify-mode/client': 0,
      'context/default-verify-mode/server': 0,
      'client/context/default-untrusted': COMPLETES,
    },
  },
  {
    id: 'load-cert-chain-files',
    topic: 'SSLContext.load_cert_chain',
    role: 'server',
    firmware: '>=1.22',
    statement: 'load_cert_chain reads the files that certfile and keyfile name',
    expects: {
      'server/context/files': COMPLETES,
      'context/load-cert-chain-missing-file': { raises: { type: 'OSError', name: 'ENOENT' } },
    },
  },
  {
    id: 'load-cert-chain-bytes',
    topic: 'SSLContext.load_cert_chain',
    role: 'server',
    firmware: '>=1.22',
    statement: 'load_cert_chain takes bytes objects as the data itself',
    expects: { 'server/context/bytes': COMPLETES },
  },
  {
    id: 'load-cert-chain-both',
    topic: 'SSLContext.load_cert_chain',
    role: 'server',
    firmware: '>=1.22',
    statement: 'load_cert_chain needs certfile and keyfile',
    expects: {
      'context/load-cert-chain-one': raises('TypeError'),
      'context/load-cert-chain-arguments': { raises: { type: 'TypeError', about: 'arguments' } },
    },
  },
  {
    id: 'load-verify-cadata',
    topic: 'SSLContext.load_verify_locations',
    role: 'client',
    firmware: '>=1.22',
    statement: 'load_verify_locations takes CA certificates as bytes in cadata',
    expects: { 'client/context/required-good': COMPLETES, 'client/context/required-expired': REFUSES_CERTIFICATE },
  },
  {
    id: 'load-verify-cafile',
    topic: 'SSLContext.load_verify_locations',
    role: 'client',
    firmware: '>=1.22',
    statement: 'load_verify_locations reads the file that cafile names',
    expects: {
      'client/context/cafile': COMPLETES,
      'context/load-verify-missing-file': { raises: { type: 'OSError', name: 'ENOENT' } },
    },
  },
  {
    id: 'load-verify-optional',
    topic: 'SSLContext.load_verify_locations',
    role: 'client',
    firmware: '>=1.22',
    statement: 'Both arguments of load_verify_locations are None by default',
    expects: { 'context/load-verify-no-argument': null },
    deviations: [
      {
        when: (can) => hasContext(can) && can.positional,
        firmware: '>=1.23',
        observed: raises('TypeError'),
        reason: 'from 1.23 on calling it without arguments is a TypeError',
      },
    ],
  },
  {
    id: 'load-verify-one-only',
    topic: 'SSLContext.load_verify_locations',
    role: 'client',
    firmware: '>=1.22',
    statement: 'Only one of cafile and cadata is to be given: both at once are refused',
    expects: {
      'client/context/cafile-and-cadata': {
        end: 'fails',
        hello: false,
        error: anyOf({ type: 'ValueError' }, { type: 'TypeError' }),
      },
    },
    deviations: [
      {
        when: hasContext,
        observed: anyOf(COMPLETES, REFUSES_CERTIFICATE),
        reason: 'both are taken without a word, and one of them wins',
      },
    ],
  },
  {
    id: 'get-ciphers',
    topic: 'SSLContext.get_ciphers',
    role: 'both',
    firmware: '>=1.22',
    statement: 'get_ciphers returns a list of strings',
    expects: { 'context/get-ciphers': { kind: 'list' } },
    deviations: [lacks('get_ciphers')],
  },
  {
    id: 'get-ciphers-enabled',
    topic: 'SSLContext.get_ciphers',
    role: 'both',
    firmware: '>=1.22',
    statement: 'get_ciphers returns the ciphers that are enabled',
    expects: { 'context/get-ciphers-after-set': 1 },
    deviations: [lacks('set_ciphers')],
  },
  {
    id: 'set-ciphers',
    topic: 'SSLContext.set_ciphers',
    role: 'both',
    firmware: '>=1.22',
    statement: 'set_ciphers takes a list of names',
    expects: { 'context/set-ciphers-one': 'None' },
    deviations: [lacks('set_ciphers')],
  },
  {
    id: 'set-ciphers-works',
    topic: 'SSLContext.set_ciphers',
    role: 'client',
    firmware: '>=1.23',
    statement: 'Sockets of a context use the ciphers that set_ciphers left',
    expects: { 'client/context/one-cipher': { ...COMPLETES, offered: 1 } },
    deviations: [lacks('set_ciphers')],
  },
  {
    id: 'cipher-names',
    topic: 'SSLContext.set_ciphers',
    role: 'both',
    firmware: '>=1.22',
    statement: 'Cipher suites have their IANA names (TLS_ECDHE_…)',
    expects: { 'tls-context/get-ciphers': { kind: 'list', mbedtlsNames: false } },
    deviations: [
      {
        when: (can) => can.tlsContextMethods.includes('get_ciphers'),
        observed: { kind: 'list', mbedtlsNames: true },
        reason: "the names are mbedTLS's: TLS-ECDHE-…-WITH-…",
      },
    ],
  },
];
