import { describe, expect, test } from 'vitest';
import { boardError } from './board/board-error.ts';
import { findFault } from './faults/fault-table.ts';
import type { Handshake } from './handshake.ts';
import { endsAtOurs } from './host-part.ts';
import type { AlertDescription } from './tls/alert-description.ts';
import type { Alert, Sender } from './transcript/transcript.ts';

function ended(fault: string, alert: readonly [Sender, AlertDescription] | null, errno: number): Handshake {
  const error = boardError('OSError', [errno]);
  const alerts = alert === null ? [] : [{ sender: alert[0], name: alert[1], level: 'fatal' } as Alert];
  const board = {
    wrap: { step: 'wrap', value: null, error, ms: 1 },
    steps: [],
    error,
  } as unknown as Handshake['board'];
  const wire = { faults: [fault], alerts } as unknown as Handshake['wire'];
  return { role: 'client', board, wire, certificate: null };
}

describe('whose end it was', () => {
  test.for<[fault: string, alert: readonly [Sender, AlertDescription] | null, errno: number, ours: boolean]>([
    // Our Finished over another handshake: the host itself says bad_record_mac.
    ['unknown-extension', ['peer', 'bad_record_mac'], -30592, true],
    ['bit-flip-in-certificate', ['board', 'decrypt_error'], -28160, true],
    ['downgrade-sentinel', ['board', 'decrypt_error'], -19968, true],
    ['downgrade-sentinel', null, -19968, true],
    // The board noticed the fault itself.
    ['downgrade-sentinel', ['board', 'illegal_parameter'], -26112, false],
    ['unrequested-extension', ['board', 'unsupported_extension'], -29952, false],
    ['unknown-version', ['board', 'protocol_version'], -28288, false],
    // Here the verification is what is tested.
    ['bit-flip-in-hello', ['board', 'decrypt_error'], -19968, false],
    ['wrong-verify-data', ['board', 'decrypt_error'], -28160, false],
    ['bit-flip-in-hello', ['peer', 'decrypt_error'], -30592, true],
    // The handshake was consistent.
    ['bit-flip-in-finished', ['board', 'bad_record_mac'], -29056, false],
    ['fatal-alert-20-in-data', ['peer', 'bad_record_mac'], -30592, false],
  ])('%s, %j, %d: ours %s', ([name, alert, errno, ours]) => {
    expect(endsAtOurs(findFault(name).fault, ended(name, alert, errno))).toBe(ours);
  });

  test('a fault that never happened explains nothing', () => {
    const { fault } = findFault('unknown-extension');
    expect(endsAtOurs(fault, ended('another', ['peer', 'bad_record_mac'], -30592))).toBe(false);
  });
});
