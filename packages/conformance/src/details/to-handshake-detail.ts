import {
  type BoardError,
  type Fingerprints,
  fingerprintsOf,
  type Handshake,
  type StepOutcome,
  storyOf,
  type Transcript,
} from '@wirewrap/tls-lab';
import { boardProgram } from './board-program.ts';
import type { HandshakeDetail, StepDetail, WireDetail } from './handshake-detail.ts';
import { plainValue } from './plain-value.ts';
import { withoutSecrets } from './secrets.ts';
import { toCertificateDetail } from './to-certificate-detail.ts';

function errorDetail(error: BoardError | null): StepDetail['error'] {
  return error === null
    ? null
    : { type: error.type, args: error.args.map((item) => plainValue(item)), errnoName: error.errnoName };
}

function stepDetail({ step, value, error, ms }: StepOutcome): StepDetail {
  return { step, value: plainValue(value), error: errorDetail(error), ms };
}

/** Of the board's own hello over TCP. One that a fault broke cannot be read, and has none. */
function fingerprintsOfBoard(hello: NonNullable<Transcript['clientHello']>): Fingerprints | null {
  if (hello.sender !== 'board' || hello.versions.some((version) => version.startsWith('DTLS'))) return null;
  try {
    return fingerprintsOf(hello);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function wireDetail(wire: Transcript): WireDetail {
  const since = <T extends { readonly atMs: number }>(item: T): T => ({
    ...item,
    atMs: item.atMs - wire.connectedAtMs,
  });
  const hello = wire.clientHello;
  return {
    closedAtMs: wire.closedAtMs === null ? null : wire.closedAtMs - wire.connectedAtMs,
    clientHello: hello && {
      sender: hello.sender,
      versions: hello.versions,
      cipherSuites: hello.cipherSuites,
      groups: hello.groups,
      signatureAlgorithms: hello.signatureAlgorithms,
      extensions: hello.extensions,
      serverName: hello.serverName,
      alpn: hello.alpn,
      bytes: hello.raw.length,
      fingerprints: fingerprintsOfBoard(hello),
    },
    negotiated: wire.negotiated,
    handshakeCompleted: wire.handshakeCompleted,
    clientCertificateRequested: wire.clientCertificateRequested,
    records: wire.records.map(since),
    messages: (wire.messages ?? []).map(({ sender, name, length, encrypted, atMs }) =>
      since({ sender, name, length, encrypted, atMs }),
    ),
    alerts: wire.alerts.map(since),
    close: wire.close,
    bytes: wire.bytes,
    timings: wire.timings,
    peerError: wire.peerError && { ...wire.peerError, message: withoutSecrets(wire.peerError.message) },
    boardCertificates: wire.boardCertificates.map(toCertificateDetail),
    peerCertificates: wire.peerCertificates.map(toCertificateDetail),
    received: plainValue(wire.received),
  };
}

/**
 * Times are told from the TCP connection on; key log, private keys and whole ClientHello bytes stay behind.
 *
 * @example toHandshakeDetail(await tls.connect({}));
 */
export function toHandshakeDetail(handshake: Handshake): HandshakeDetail {
  const { role, board, wire, certificate } = handshake;
  return {
    role,
    certificate: certificate && {
      profile: certificate.profile,
      host: certificate.host,
      by: certificate.role === role ? 'board' : 'peer',
    },
    board: {
      completed: board.completed,
      wrap: stepDetail(board.wrap),
      steps: board.steps.map(stepDetail),
      error: errorDetail(board.error),
      wrapMs: board.wrapMs,
      heapBefore: board.heapBefore,
      heapAfter: board.heapAfter,
      crash: board.crash === null ? null : withoutSecrets(board.crash),
      program: withoutSecrets(boardProgram(handshake)),
    },
    wire: wire && wireDetail(wire),
    story: withoutSecrets(storyOf(handshake)),
  };
}
