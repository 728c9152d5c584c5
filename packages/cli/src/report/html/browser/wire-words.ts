import type { HandshakeDetail, StepDetail } from '@wirewrap/conformance';
import type { PageData } from '../model/page-model.ts';

function errorWords(error: StepDetail['error']): string {
  return error === null ? '' : [error.type, error.errnoName, ...error.args.map(String)].join(' ');
}

function handshakeWords({ role, certificate, board, wire }: HandshakeDetail): string {
  const words = [role, certificate?.profile, errorWords(board.error), board.crash];
  if (wire !== null) {
    const { negotiated, clientHello, alerts, close, peerError } = wire;
    words.push(
      negotiated?.version,
      negotiated?.cipherSuite,
      negotiated?.group,
      negotiated?.signature,
      clientHello?.serverName,
      ...(clientHello?.alpn ?? []),
      ...alerts.map(({ number, name }) => `alert ${number} ${name}`),
      close.how,
      peerError?.message,
    );
  }
  return words.filter(Boolean).join(' ');
}

/** What find looks at beside the text of a case's row: question, certificate, alerts, versions, suites, names, errors. */
export function caseWords({ details, questions }: PageData, id: string): string {
  const asked = questions[id];
  const seen = details.flatMap((run) => run[id]?.handshakes.map(handshakeWords) ?? []);
  return [asked?.posed, asked?.wrong, asked?.careful, ...new Set(seen)].filter(Boolean).join(' ');
}
