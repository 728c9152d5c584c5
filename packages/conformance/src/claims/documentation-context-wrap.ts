import type { Capabilities } from '../claim/claim.ts';
import type { ClaimRow } from './claim-row.ts';
import { COMPLETES, REFUSES_CERTIFICATE, REFUSES_NO_CERTIFICATE, raises } from './expected.ts';

const hasContext = (can: Capabilities): boolean => can.contextMethods.length > 0;

/** The wrap was over although the peer said nothing. */
const RETURNS = { wrap_socket: 'returns' } as const;

/** What `wrap_socket` of a context takes, and what the context says of the handshake. */
export const CONTEXT_WRAP_ROWS: readonly ClaimRow[] = [
  ...(['server_side', 'do_handshake_on_connect', 'server_hostname'] as const).map(
    (name): ClaimRow => ({
      id: `context-keyword/${name}`,
      topic: 'SSLContext.wrap_socket',
      role: 'both',
      firmware: '>=1.21',
      statement: `SSLContext.wrap_socket takes the keyword ${name}`,
      expects: { [`context/keyword/${name}`]: 'accepted' },
    }),
  ),
  {
    id: 'context-keyword/client_id',
    topic: 'SSLContext.wrap_socket',
    role: 'server',
    firmware: '>=1.26',
    statement: 'SSLContext.wrap_socket takes the keyword client_id',
    expects: { 'context/keyword/client_id': 'accepted' },
    deviations: [
      {
        when: (can) => hasContext(can) && !can.contextKeywords.includes('client_id'),
        observed: raises('TypeError'),
        reason: 'the frozen ssl of 1.23 and later does not pass it on; tls.SSLContext has it',
      },
    ],
  },
  {
    id: 'context-keyword-only',
    topic: 'SSLContext.wrap_socket',
    role: 'both',
    firmware: '>=1.21',
    statement: 'The options of SSLContext.wrap_socket are keyword-only',
    expects: { 'context/positional-option': raises('TypeError') },
    deviations: [
      {
        when: (can) => can.contextPositional,
        firmware: '>=1.23',
        observed: raises('OSError'),
        reason: 'the frozen ssl of 1.23 and later takes them by position too',
      },
    ],
  },
  {
    id: 'context-server-side',
    topic: 'role of a context',
    role: 'both',
    firmware: '>=1.21',
    statement: 'server_side selects the side of the wrapped socket',
    expects: { 'client/context/role-from-protocol': { end: 'fails', hello: false } },
    deviations: [
      {
        when: hasContext,
        observed: COMPLETES,
        reason: 'the side comes from the protocol of the context; server_side only skips the check for server_hostname',
      },
    ],
  },
  {
    id: 'context-handshake-in-wrap',
    topic: 'do_handshake_on_connect',
    role: 'client',
    firmware: '>=1.21',
    statement: 'do_handshake_on_connect is True by default: the handshake is done in wrap_socket',
    expects: { 'handshake/context-default': { ...COMPLETES, helloAfterWrap: true, finished: true } },
  },
  {
    id: 'context-deferred-server',
    topic: 'do_handshake_on_connect',
    role: 'server',
    firmware: '>=1.21',
    statement: 'A server-side context with do_handshake_on_connect=False wraps before the client has said anything',
    expects: { 'server/context/deferred': COMPLETES, 'server/context/deferred-returns': RETURNS },
  },
  {
    id: 'context-deferred',
    topic: 'do_handshake_on_connect',
    role: 'client',
    firmware: '>=1.21',
    statement: 'do_handshake_on_connect=False defers the handshake to the first read or write',
    expects: { 'handshake/context-deferred': { ...COMPLETES, helloAfterWrap: false } },
  },
  {
    id: 'verify-mode',
    topic: 'SSLContext.verify_mode',
    role: 'both',
    firmware: '>=1.21',
    statement: 'verify_mode can be set and read',
    expects: { 'context/verify-mode-set': 2 },
  },
  {
    id: 'verify-mode-values',
    topic: 'SSLContext.verify_mode',
    role: 'both',
    firmware: '>=1.21',
    statement: 'verify_mode must be one of the CERT_ constants',
    expects: { 'context/verify-mode-any': raises('ValueError') },
    deviations: [{ when: hasContext, observed: 99, reason: 'any number is taken' }],
  },
  {
    id: 'verify-mode-required',
    topic: 'SSLContext.verify_mode',
    role: 'client',
    firmware: '>=1.22',
    statement: 'A context with verify_mode CERT_REQUIRED refuses a certificate of another host',
    expects: { 'client/context/required-wrong-host': REFUSES_CERTIFICATE },
  },
  {
    id: 'verify-mode-required-server',
    topic: 'SSLContext.verify_mode',
    role: 'server',
    firmware: '>=1.22',
    statement: 'A server context with verify_mode CERT_REQUIRED refuses a client without a valid certificate',
    expects: {
      'mutual/server/context/required-good': COMPLETES,
      'mutual/server/context/required-none': REFUSES_NO_CERTIFICATE,
      'mutual/server/context/required-stranger': REFUSES_CERTIFICATE,
    },
  },
  {
    id: 'context-sni',
    topic: 'server name indication',
    role: 'client',
    firmware: '>=1.21',
    statement: 'server_hostname of SSLContext.wrap_socket sets the name for server name indication',
    expects: { 'client/context/sni': { ...COMPLETES, sni: 'foo.example' } },
  },
];
