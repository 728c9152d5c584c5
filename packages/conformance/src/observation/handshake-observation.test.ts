import type { Handshake } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import { alertLostToReset, observeHandshake } from './handshake-observation.ts';

const refusal = { type: 'OSError', args: [-26_112, 'SSL - …'], errno: -26_112, errnoName: 'ILLEGAL_PARAMETER' };
const reset = { code: 'ECONNRESET', alert: null, message: 'read ECONNRESET' };
const alert = { sender: 'board', level: 'fatal', number: 47, name: 'illegal_parameter' };

interface Seen {
  readonly tcp: { readonly board: string; readonly peer: string };
  readonly peerError?: typeof reset | null;
  readonly alerts?: readonly (typeof alert)[];
  readonly error?: object | null;
}

function handshake({ tcp, peerError = null, alerts = [], error = refusal }: Seen): Handshake {
  return { board: { error }, wire: { alerts, clientHello: {}, close: { tcp }, peerError } } as unknown as Handshake;
}

test.for([
  { name: 'a reset on the wire', seen: { tcp: { board: 'rst', peer: 'open' } }, lost: true },
  {
    name: 'a reset that only the peer met',
    seen: { tcp: { board: 'open', peer: 'open' }, peerError: reset },
    lost: true,
  },
  { name: 'no reset at all', seen: { tcp: { board: 'open', peer: 'open' } }, lost: false },
  { name: 'a close in order', seen: { tcp: { board: 'fin', peer: 'open' }, peerError: reset }, lost: false },
  { name: "the peer's own reset", seen: { tcp: { board: 'open', peer: 'rst' }, peerError: reset }, lost: false },
  {
    name: 'an alert that came through',
    seen: { tcp: { board: 'open', peer: 'open' }, peerError: reset, alerts: [alert] },
    lost: false,
  },
  {
    name: 'a board that had nothing to refuse',
    seen: { tcp: { board: 'rst', peer: 'open' }, error: null },
    lost: false,
  },
])('$name: the alert may have been lost is $lost', ({ seen, lost }) => {
  expect(alertLostToReset(handshake(seen))).toBe(lost);
});

const closed = { sender: 'board', how: 'fin', atMs: 20 };
const refused = { sender: 'peer', level: 'fatal', number: 50, name: 'decode_error' };
const ends: readonly {
  name: string;
  atMs: number;
  ends: readonly object[];
  notified?: boolean;
  seen: string | null;
}[] = [
  {
    name: 'after the board closed without a close_notify: OpenSSL speaks of the end',
    atMs: 21,
    ends: [closed],
    seen: null,
  },
  { name: 'before the board closed: of what the board sent', atMs: 19, ends: [closed], seen: '50 decode_error' },
  { name: 'while the board is there', atMs: 21, ends: [], seen: '50 decode_error' },
  { name: 'after a close_notify', atMs: 21, ends: [closed], notified: true, seen: '50 decode_error' },
];

test.for(ends)("host's alert 50, $name", ({ atMs, ends, notified = false, seen }) => {
  const board = { crash: null, error: null, wrap: { error: null }, steps: [] };
  const close = { closeNotify: { board: notified, peer: false } };
  const wire = { clientHello: {}, alerts: [{ ...refused, atMs }], close, wire: { ends } };
  expect(observeHandshake({ board, wire } as unknown as Handshake)).toMatchObject({
    end: 'completes',
    peerAlert: seen,
  });
});
