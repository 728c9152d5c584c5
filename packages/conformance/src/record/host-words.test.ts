import { expect, test } from 'vitest';
import type { RunRecord } from '../run-record.ts';
import { withoutHostWords } from './host-words.ts';

const failed = { end: 'fails', at: 'wrap', boardAlert: null, peerAlert: '40 handshake_failure', hello: true };
const done = { end: 'completes', boardAlert: null, peerAlert: '50 decode_error', hello: true };
const byPeer = { ...failed, peerAlert: '20 bad_record_mac' };
const verified = {
  ...failed,
  peerAlert: null,
  boardAlert: '51 decrypt_error',
  error: { type: 'OSError', code: -19968 },
};
const goesOn = { unavailable: 'goes on; ends at our Finished', limit: 'peer' };
const notShown = { unavailable: "the host's TLS cannot present it (handshake_failure)", limit: 'host' };

test.for<[id: string, value: object, now: object]>([
  ['client/none/wrong-key-usage', failed, notShown],
  ['client/required/duplicate-extension', failed, notShown],
  ['mutual/client/good', done, { ...done, peerAlert: null }],
  ['client/fragment/512', done, { ...done, peerAlert: null }],
  ['fault/unrequested-extension', byPeer, goesOn],
  ['fault/downgrade-sentinel', verified, goesOn],
  ['fault/tls13/hello-too-long', { end: 'goes on; ends at our Finished' }, goesOn],
  // The host says something more to a board that has given up already.
  [
    'fault/tls13/unknown-version',
    { ...failed, boardAlert: '70 protocol_version' },
    { ...failed, boardAlert: '70 protocol_version', peerAlert: null },
  ],
  ['fault/fatal-alert-40-before-hello', failed, failed],
  // The board found the fault itself, or its own verification is what is tested.
  [
    'fault/downgrade-sentinel',
    { ...verified, boardAlert: '47 illegal_parameter' },
    { ...verified, boardAlert: '47 illegal_parameter' },
  ],
  ['fault/bit-flip-in-hello', verified, verified],
  ['fault/unrequested-extension', { ...byPeer, faultHappened: false }, { ...byPeer, faultHappened: false }],
  // These are the board's: it offers nothing that fits the key, or sent what cannot be read.
  ['client/none/ed25519', failed, failed],
  ['fault/bad-change-cipher-spec', { ...done, end: 'fails' }, { ...done, end: 'fails' }],
  ['client/none/wrong-key-usage', { lost: 'out of memory' }, { lost: 'out of memory' }],
])('%s, %j', ([id, value, now]) => {
  const record = { observations: [{ case: id, value }] } as unknown as RunRecord;
  expect(withoutHostWords(record).observations).toEqual([{ case: id, value: now }]);
});
