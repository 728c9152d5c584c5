import type { Handshake } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import { alertLostToReset } from './handshake-observation.ts';

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
