import type { Handshake } from '../handshake.ts';
import type { Alert, ClientHello, CloseSeen, Negotiated, Transcript } from '../transcript/transcript.ts';

/** What crossed the wire, in the order in which it matters to a reader. */
export function wireLines({ wire, board, hostError }: Handshake): [string, string][] {
  if (!wire) {
    const why = board.wrap.step === 'wrap' || hostError ? '' : ': TCP did not connect';
    return [['wire', `nothing was seen${why}`]];
  }
  return transcriptLines(wire);
}

export function transcriptLines(wire: Transcript): [string, string][] {
  const lines: [string, string][] = (wire.plaintext ?? []).map(({ sender, bytes }) => [
    'wire',
    `in the clear, ${sender}: ${JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 120))}`,
  ]);
  lines.push(['wire', helloText(wire.clientHello)]);
  if (wire.negotiated) lines.push(['wire', negotiatedText(wire.negotiated, wire)]);
  for (const alert of wire.alerts) lines.push(['wire', alertText(alert)]);
  if (wire.received.length > 0) lines.push(['peer', `received ${wire.received.length} plain bytes`]);
  if (wire.peerError) lines.push(['peer', `failed with ${wire.peerError.code}: ${oneLine(wire.peerError.message)}`]);
  lines.push(['wire', isDatagrams(wire) ? datagramCloseText(wire.close) : closeText(wire.close)]);
  return lines;
}

function alertText({ sender, level, number, name, encrypted }: Alert): string {
  return `${sender} sent ${level} alert ${number} ${name}${encrypted ? ' (encrypted)' : ''}`;
}

function closeText({ by, how, closeNotify }: CloseSeen): string {
  const notify = `close_notify: board ${closeNotify.board ? 'sent it' : 'did not'}, peer ${closeNotify.peer ? 'sent it' : 'did not'}`;
  return by === null ? `still open when it was cut off (${notify})` : `${by} closed first, by ${how} (${notify})`;
}

/** Also of a transcript that was kept without its bytes. */
function isDatagrams({ wire }: Partial<Pick<Transcript, 'wire'>>): boolean {
  return wire?.transport === 'udp';
}

/** UDP has no end of its own. */
function datagramCloseText(close: CloseSeen): string {
  return close.by === null ? 'neither end sent close_notify, and UDP has no other end' : closeText(close);
}

function helloText(hello: ClientHello | null): string {
  if (!hello) return 'no ClientHello';
  const name = hello.serverName === null ? 'no server name' : `server name '${hello.serverName}'`;
  const alpn = hello.alpn.length > 0 ? `, ALPN ${hello.alpn.join(' ')}` : '';
  return `ClientHello of the ${hello.sender}: ${hello.versions.join(' ')}, ${hello.cipherSuites.length} suites, ${name}${alpn}`;
}

function negotiatedText(chosen: Negotiated, wire: Transcript): string {
  const group = chosen.group ? `, ${chosen.group}` : '';
  const resumed = chosen.resumed ? ', resumed' : '';
  const ending = wire.handshakeCompleted
    ? `handshake completed${wire.timings.toFinishedMs === null ? '' : ` in ${Math.round(wire.timings.toFinishedMs)} ms`}`
    : 'handshake not completed';
  return `${chosen.version}, ${chosen.cipherSuite}${group}${resumed}; ${ending}`;
}

function oneLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
