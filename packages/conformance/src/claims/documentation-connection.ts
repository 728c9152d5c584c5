import { includes } from '../claim/pattern.ts';
import type { ClaimRow } from './claim-row.ts';
import { KNOWN } from './deviations.ts';
import { COMPLETES } from './expected.ts';

/** What the documentation says about server names, the handshake and the wrapped socket. */
export const CONNECTION_ROWS: readonly ClaimRow[] = [
  {
    id: 'sni',
    topic: 'server name indication',
    role: 'client',
    statement: 'server_hostname sets the name for server name indication',
    firmware: '>=1.20',
    expects: {
      'client/sni/name': { ...COMPLETES, sni: 'foo.example' },
      'client/sni/upper-case': { ...COMPLETES, sni: 'FOO.Example' },
      'client/sni/omitted': { ...COMPLETES, sni: null },
    },
  },
  {
    id: 'virtual-hosts',
    topic: 'server name indication',
    role: 'client',
    statement: 'The server can present the certificate that belongs to the name',
    firmware: '>=1.20',
    expects: {
      'client/virtual-host/first': { ...COMPLETES, certificate: 'board.test' },
      'client/virtual-host/second': { ...COMPLETES, certificate: 'second.test' },
    },
  },
  {
    id: 'handshake-in-wrap',
    topic: 'do_handshake',
    role: 'client',
    statement: 'do_handshake=True, the default, does the handshake in wrap_socket',
    firmware: '>=1.15',
    expects: {
      'handshake/true-is-done-after-wrap': { ...COMPLETES, finished: true },
      'handshake/default-is-done-after-wrap': { ...COMPLETES, finished: true },
    },
  },
  {
    id: 'handshake-deferred',
    topic: 'do_handshake',
    role: 'client',
    statement: 'do_handshake=False defers the handshake to the first read or write',
    firmware: '>=1.15',
    expects: {
      'handshake/false-sends-nothing': { ...COMPLETES, helloAfterWrap: false },
      'handshake/blocking-false': COMPLETES,
    },
  },
  {
    id: 'handshake-non-blocking-true',
    topic: 'do_handshake on a socket that does not block',
    role: 'client',
    statement: 'On a non-blocking socket wrap_socket with do_handshake=True blocks until the handshake is done',
    firmware: '>=1.15',
    expects: { 'handshake/non-blocking-true': { ...COMPLETES, finishedInWrap: true } },
  },
  {
    id: 'handshake-non-blocking-false',
    topic: 'do_handshake on a socket that does not block',
    role: 'client',
    statement: 'On a non-blocking socket the deferred handshake is done by reads and writes',
    firmware: '>=1.15',
    expects: {
      'handshake/non-blocking-false': { ...COMPLETES },
      'handshake/non-blocking-false-first-write': [{ 'first write': null }],
    },
  },
  {
    id: 'no-do-handshake-method',
    topic: 'methods of the wrapped socket',
    role: 'client',
    statement: 'There is no method do_handshake',
    firmware: '>=1.15',
    expects: { 'handshake/do-handshake-method': [{ 'has do_handshake()': false }] },
  },
  {
    id: 'setblocking',
    topic: 'methods of the wrapped socket',
    role: 'client',
    statement: 'The wrapped socket has setblocking: without it a read waits, with False it does not',
    expects: {
      'handshake/setblocking': [{ setblocking: null }, { read: null }, { setblocking: null }, { read: "b'late\\n'" }],
    },
  },
  {
    id: 'handshake-deferred-server',
    topic: 'do_handshake',
    role: 'server',
    statement: 'A server-side socket with do_handshake=False is wrapped before the client has said anything',
    expects: { 'server/deferred': COMPLETES, 'server/deferred-returns': { wrap_socket: 'returns' } },
  },
  {
    id: 'server-side-accept',
    topic: 'role',
    role: 'server',
    statement: 'A server-side socket is made from a socket that accept returned',
    expects: { 'server/identity/der': COMPLETES, 'server/read-and-answer': COMPLETES },
  },
  {
    id: 'stream-methods',
    topic: 'methods of the wrapped socket',
    role: 'client',
    statement: 'The wrapped socket has the methods of a stream',
    expects: {
      'stream/methods': includes('read', 'readinto', 'readline', 'write', 'close'),
      'stream/echo': COMPLETES,
      'stream/readline': COMPLETES,
      'stream/readinto': COMPLETES,
    },
  },
  {
    id: 'no-socket-methods',
    topic: 'methods of the wrapped socket',
    role: 'client',
    statement: 'The wrapped socket has no socket methods such as send and recv',
    expects: { 'stream/socket-methods': [] },
    deviations: [KNOWN.hasRecv],
  },
];
