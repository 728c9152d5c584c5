import { type Alert, endedAtOurs, FAULTS, type Sender } from '@wirewrap/tls-lab';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';
import { notPresented, OUR_FINISHED } from '../observation/host-limit.ts';
import type { RunRecord } from '../run-record.ts';

type Observation = RunRecord['observations'][number];

/** Profiles that OpenSSL does not serve in TLS 1.2, which was once asked of it all the same. */
const NOT_SERVED = /^client\/[^/]+\/(?:wrong-key-usage|duplicate-extension)$/;

/** Cases whose peer is openssl, which says decode_error to a board that has closed; what they send is well formed. */
const ENDED_BY_BOARD = /^(?:mutual\/client|client\/fragment)\//;

function isHandshake(value: unknown): value is HandshakeObservation {
  return value !== null && typeof value === 'object' && 'peerAlert' in value;
}

/** How older records say that our own Finished ended the connection. */
function isEndAtOurs(value: unknown): boolean {
  return (value as { end?: unknown } | null)?.end === OUR_FINISHED.unavailable;
}

const isFault = (id: string): boolean => id.startsWith('fault/');

/** `20 bad_record_mac` as the alert that a transcript holds. */
function alertOf(sender: Sender, text: string | null | undefined): { sender: Sender; name: Alert['name'] } | null {
  return typeof text === 'string' ? { sender, name: text.replace(/^\d+ /, '') as Alert['name'] } : null;
}

/** Whether it was the host that ended this case of a fault: its own end had seen another handshake than the board. */
function endedAtHost(id: string, { peerAlert, boardAlert, error, faultHappened }: HandshakeObservation): boolean {
  const fault = isFault(id) ? FAULTS.find(({ name }) => id.split('/').at(-1) === name) : undefined;
  if (fault === undefined || faultHappened === false) return false;
  return endedAtOurs(fault, alertOf('peer', peerAlert) ?? alertOf('board', boardAlert), error?.code ?? null);
}

function withoutHostWord({ case: id, value, ...more }: Observation): Observation {
  if (isEndAtOurs(value)) return { case: id, value: OUR_FINISHED, ...more };
  if (!isHandshake(value)) return { case: id, value, ...more };
  const { boardAlert, peerAlert } = value;
  if (NOT_SERVED.test(id) && peerAlert === '40 handshake_failure') {
    return { case: id, value: notPresented('handshake_failure'), ...more };
  }
  if (ENDED_BY_BOARD.test(id) && peerAlert === '50 decode_error')
    return { case: id, value: { ...value, peerAlert: null }, ...more };
  if (endedAtHost(id, value)) return { case: id, value: OUR_FINISHED, ...more };
  if (isFault(id) && boardAlert !== null && peerAlert !== null) {
    return { case: id, value: { ...value, peerAlert: null }, ...more };
  }
  return { case: id, value, ...more };
}

/**
 * A record without what was the host's own word in older runs: of a certificate that OpenSSL did not serve, of a board that
 * closed without a close_notify or had given up already, and of a handshake that a fault had made another one for the host's end. None of it says
 * anything of the board, so none is compared.
 */
export function withoutHostWords(record: RunRecord): RunRecord {
  return { ...record, observations: record.observations.map(withoutHostWord) };
}
