import type { Alert, Handshake, Sender, Transcript } from '@wirewrap/tls-lab';
import { canonicalValue } from './canonical-json.ts';
import { type ObservedError, observedError } from './observed-error.ts';

/** How a connection ended for the board: the canonical value of a handshake case. */
export interface HandshakeObservation {
  readonly end: 'completes' | 'fails' | 'crashes';
  /** The step whose exception ended it. */
  readonly at?: string;
  readonly error?: ObservedError;
  /** Fatal alert that the board sent, `45 certificate_expired`; null when it sent none. */
  readonly boardAlert: string | null;
  /** Fatal alert that the host sent. */
  readonly peerAlert: string | null;
  /** Whether a ClientHello crossed the wire. */
  readonly hello: boolean;
  readonly [field: string]: unknown;
}

/** What a case adds to the common fields. */
export type ObservedField = 'sni' | 'version' | 'suite' | 'steps' | 'closeNotify' | 'certificateRequested' | 'alpn';

/**
 * OpenSSL's word for a connection that ended without a close_notify: it sends decode_error to an end that has closed. Nothing
 * that the board sent was wrong, and no other host says it. Source: SSL_R_UNEXPECTED_EOF_WHILE_READING, OpenSSL's rec_layer_s3.c.
 */
function isAnswerToFin({ sender, name, atMs }: Alert, { close, wire }: Transcript): boolean {
  if (sender !== 'peer' || name !== 'decode_error' || close.closeNotify.board) return false;
  return wire.ends.some((end) => end.sender === 'board' && end.how === 'fin' && end.atMs <= atMs);
}

function fatalAlert({ wire }: Handshake, sender: Sender): string | null {
  const alert = wire?.alerts.find(
    (candidate) => candidate.sender === sender && candidate.level === 'fatal' && !isAnswerToFin(candidate, wire),
  );
  return alert === undefined ? null : `${alert.number} ${alert.name}`;
}

/** What each step gave or raised. */
export function stepsOf(handshake: Handshake): unknown[] {
  return handshake.board.steps.map((step) =>
    step.error === null ? { [step.step]: step.value } : { [step.step]: { raises: observedError(step.error) } },
  );
}

const FIELDS: Readonly<Record<ObservedField, (handshake: Handshake) => unknown>> = {
  sni: (handshake) => handshake.wire?.serverName ?? null,
  version: (handshake) => handshake.wire?.negotiated?.version ?? null,
  suite: (handshake) => handshake.wire?.negotiated?.cipherSuite ?? null,
  alpn: (handshake) => handshake.wire?.negotiated?.alpn ?? null,
  certificateRequested: (handshake) => handshake.wire?.clientCertificateRequested ?? false,
  closeNotify: (handshake) => handshake.wire?.close.closeNotify.board ?? false,
  steps: stepsOf,
};

/** Handshake to observation: what is compared between firmwares, without times, ports, addresses. */
export function observeHandshake(handshake: Handshake, fields: readonly ObservedField[] = []): HandshakeObservation {
  const { board } = handshake;
  const failing = board.wrap.error === null ? board.steps.find((step) => step.error !== null) : board.wrap;
  const more = Object.fromEntries(fields.map((field) => [field, FIELDS[field](handshake)]));
  return canonicalValue({
    end: board.crash === null ? (board.error === null ? 'completes' : 'fails') : 'crashes',
    ...(board.error === null || board.crash !== null ? {} : { at: failing?.step, error: observedError(board.error) }),
    boardAlert: fatalAlert(handshake, 'board'),
    peerAlert: fatalAlert(handshake, 'peer'),
    hello: handshake.wire?.clientHello != null,
    ...more,
  }) as HandshakeObservation;
}

/**
 * Numbers after which mbedTLS sends no alert (ssl_msg.c): bytes that are no record, the peer's own fatal alert, the end of
 * the connection. Errors of the socket (below 256) say nothing to the peer either.
 */
const NEVER_ALERTED: readonly number[] = [-29_184, -30_592, -29_312];

/** What wrap_socket says of key and certificates before it starts the handshake; a TypeError is about its arguments. */
const BEFORE_THE_HANDSHAKE = /^invalid (key|cert)/;

function mayHaveAlerted({ board }: Handshake): boolean {
  if (board.error?.type === 'TypeError') return false;
  if (board.error?.type === 'ValueError' && BEFORE_THE_HANDSHAKE.test(String(board.error.args[0]))) return false;
  const errno = board.error?.errno ?? null;
  return errno === null || (Math.abs(errno) > 255 && !NEVER_ALERTED.includes(errno));
}

/** The board's end was reset: seen on the wire, or by the peer alone when the machine was too busy to see it first. */
function wasResetByBoard({ close: { tcp }, peerError }: NonNullable<Handshake['wire']>): boolean {
  if (tcp.peer === 'rst') return false;
  return tcp.board === 'rst' || (tcp.board === 'open' && peerError?.code === 'ECONNRESET');
}

/**
 * True when the board refused, its alert may have crossed the wire, and the host's socket was reset before the alert
 * could be read: the same behaviour as with the alert, so the case is observed again instead of recorded.
 */
export function alertLostToReset(handshake: Handshake): boolean {
  const wire = handshake.wire;
  if (wire === null || handshake.board.error === null) return false;
  return (
    wasResetByBoard(wire) &&
    mayHaveAlerted(handshake) &&
    fatalAlert(handshake, 'board') === null &&
    wire.clientHello !== null
  );
}
