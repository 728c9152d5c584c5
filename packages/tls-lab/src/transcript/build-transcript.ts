import { AlertDescription, alertName } from '../tls/alert-description.ts';
import { ContentType } from '../tls/content-type.ts';
import { ExtensionType } from '../tls/extension-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import {
  cipherSuiteName,
  contentTypeName,
  groupName,
  handshakeTypeName,
  signatureSchemeName,
  versionName,
} from '../tls/names.ts';
import { ByteReader } from './byte-reader.ts';
import { readCertificates, readServerKeyExchange } from './certificate-message.ts';
import { clientHello, type Protocol } from './client-hello.ts';
import { DtlsDecoder } from './dtls-decoder.ts';
import { underlyingVersion } from './dtls-record.ts';
import { readAlpn, readExtensions } from './extensions.ts';
import type { HandshakeMessage } from './handshake-stream.ts';
import type { KeyLog } from './key-log.ts';
import { RecordStream } from './record-stream.ts';
import type { ServerHello } from './server-hello.ts';
import { parseServerHello } from './server-hello.ts';
import { type DecodedRecord, SessionDecoder } from './session-decoder.ts';
import type { Alert, CloseSeen, HandshakeMessageSeen, Negotiated, Sender, Transcript } from './transcript.ts';
import type { WireLog } from './wire-log.ts';

/** What the host's own end knows of the connection and the wire does not show. */
export interface PeerView {
  readonly keyLog: KeyLog;
  readonly error: Transcript['peerError'];
  readonly received: Uint8Array;
}

interface Message extends HandshakeMessage {
  readonly sender: Sender;
  readonly atMs: number;
  readonly encrypted: boolean;
}

/** Reads a finished (or still open) connection. `client` is the end that started TLS. */
export function buildTranscript(
  log: WireLog,
  client: Sender,
  peer: PeerView,
  protocol: Protocol = 'tls',
): Omit<Transcript, 'faults'> {
  const records = protocol === 'dtls' ? decodeDatagrams(log, client, peer.keyLog) : decode(log, client, peer.keyLog);
  const messages: Message[] = records.flatMap(({ sender, record, encrypted, messages }) =>
    messages.map((message) => ({ ...message, sender, encrypted, atMs: record.atMs })),
  );
  const server: Sender = client === 'board' ? 'peer' : 'board';
  const of = (type: number, sender?: Sender) =>
    messages.find((message) => message.type === type && (sender === undefined || message.sender === sender));
  const helloMessage = of(HandshakeType.client_hello);
  const hello = helloMessage === undefined ? null : clientHello(helloMessage.sender, helloMessage.body, protocol);
  const serverHello = of(HandshakeType.server_hello, server);
  const finished = [of(HandshakeType.finished, 'board'), of(HandshakeType.finished, 'peer')];
  const alerts = readAlerts(records);
  const since = (atMs: number | undefined): number | null => (atMs === undefined ? null : atMs - log.connectedAtMs);
  const handshakeCompleted = finished.every((message) => message !== undefined);
  return {
    connectedAtMs: log.connectedAtMs,
    closedAtMs: log.closedAtMs,
    plaintext: log.plaintext,
    clientHello: hello,
    negotiated: negotiated(messages, server),
    handshakeCompleted,
    serverName: hello?.serverName ?? null,
    boardCertificates: certificates(messages, 'board'),
    peerCertificates: certificates(messages, 'peer'),
    clientCertificateRequested: of(HandshakeType.certificate_request, server) !== undefined,
    alerts,
    records: records.map(({ sender, record, encrypted, content }) => ({
      sender,
      type: record.type,
      typeName: contentTypeName(record.type),
      version: record.version,
      length: record.fragment.length,
      atMs: record.atMs,
      encrypted,
      contentType: content?.type ?? null,
      ...(record.epoch === undefined ? {} : { epoch: record.epoch, sequence: record.sequence ?? 0 }),
    })),
    messages: messages.map(seen),
    close: readClose(log, alerts),
    bytes: { board: bytesOf(log, 'board'), peer: bytesOf(log, 'peer') },
    timings: {
      toServerHelloMs: since(serverHello?.atMs),
      toFinishedMs: handshakeCompleted ? since(Math.max(...finished.map((message) => message?.atMs ?? 0))) : null,
      toFirstDataMs: since(records.find(({ content }) => content?.type === ContentType.application_data)?.record.atMs),
    },
    keyLog: peer.keyLog.text(),
    peerError: peer.error,
    wire: {
      ...(protocol === 'dtls' ? { transport: 'udp' as const } : {}),
      client,
      chunks: [...log.chunks],
      ends: [...log.ends],
    },
    received: peer.received,
  };
}

function decode(log: WireLog, client: Sender, keyLog: KeyLog): DecodedRecord[] {
  const streams = { board: new RecordStream(), peer: new RecordStream() };
  const decoder = new SessionDecoder(client, keyLog);
  return log.tls.flatMap(({ sender, bytes, atMs }) =>
    streams[sender].push(bytes, atMs).map((record) => decoder.push(sender, record)),
  );
}

function decodeDatagrams(log: WireLog, client: Sender, keyLog: KeyLog): DecodedRecord[] {
  const decoder = new DtlsDecoder(client, keyLog);
  return log.chunks.flatMap(({ sender, bytes, atMs }) => decoder.datagram(sender, bytes, atMs));
}

function seen({ sender, type, body, atMs, encrypted }: Message): HandshakeMessageSeen {
  return { sender, type, name: handshakeTypeName(type), length: body.length, atMs, encrypted };
}

function readAlerts(records: readonly DecodedRecord[]): Alert[] {
  return records.flatMap(({ sender, record, encrypted, content }) => {
    if (content === null || content.type !== ContentType.alert || content.bytes.length !== 2) return [];
    const [level = 0, number = 0] = content.bytes;
    return {
      sender,
      level: level === 1 ? 'warning' : 'fatal',
      number,
      name: alertName(number),
      encrypted,
      atMs: record.atMs,
    } satisfies Alert;
  });
}

function certificates(messages: readonly Message[], sender: Sender): Uint8Array[] {
  const message = messages.find((each) => each.type === HandshakeType.certificate && each.sender === sender);
  const hello = messages.find((each) => each.type === HandshakeType.server_hello);
  const version = hello === undefined ? 0 : underlyingVersion(parseServerHello(hello.body)?.version ?? 0);
  return message === undefined ? [] : readCertificates(message.body, version >= 0x0304);
}

function negotiated(messages: readonly Message[], server: Sender): Negotiated | null {
  const hello = messages
    .filter((message) => message.type === HandshakeType.server_hello && message.sender === server)
    .map((message) => parseServerHello(message.body))
    .findLast((parsed) => parsed !== null);
  if (!hello || hello.helloRetryRequest) return null;
  const body = (type: number) => messages.find((each) => each.type === type && each.sender === server)?.body;
  const keyExchange = body(HandshakeType.server_key_exchange);
  const exchange =
    keyExchange === undefined ? null : readServerKeyExchange(keyExchange, underlyingVersion(hello.version));
  const verify = body(HandshakeType.certificate_verify);
  const tls13 = underlyingVersion(hello.version) >= 0x0304;
  const group = tls13 ? hello.group : (exchange?.group ?? null);
  const signature = tls13 && verify !== undefined ? new ByteReader(verify).number(2) : (exchange?.signature ?? null);
  return {
    version: versionName(hello.version),
    cipherSuite: cipherSuiteName(hello.cipherSuite),
    group: group === null ? null : groupName(group),
    alpn: hello.alpn ?? encryptedAlpn(body(HandshakeType.encrypted_extensions)),
    resumed: resumed(hello, messages, server),
    signature: signature === null ? null : signatureSchemeName(signature),
  };
}

function encryptedAlpn(body: Uint8Array | undefined): string | null {
  if (body === undefined) return null;
  const extension = readExtensions(new ByteReader(body)).find(
    (found) => found.type === ExtensionType.application_layer_protocol_negotiation,
  );
  return readAlpn(extension?.data)[0] ?? null;
}

/** TLS 1.3 says so; before, a resumed session shows by a Finished without a ServerHelloDone. */
function resumed(hello: ServerHello, messages: readonly Message[], server: Sender): boolean {
  if (underlyingVersion(hello.version) >= 0x0304) return hello.preSharedKey;
  const sent = (type: number) => messages.some((each) => each.type === type && each.sender === server);
  return sent(HandshakeType.finished) && !sent(HandshakeType.server_hello_done);
}

function readClose(log: WireLog, alerts: readonly Alert[]): CloseSeen {
  const notify = (sender: Sender) =>
    alerts.find((alert) => alert.sender === sender && alert.number === AlertDescription.close_notify);
  const tcp = (sender: Sender) => log.ends.find((end) => end.sender === sender)?.how ?? 'open';
  const acts = [
    ...alerts
      .filter((alert) => alert.number === AlertDescription.close_notify)
      .map(({ sender, atMs }) => ({ sender, atMs, how: 'close_notify' as const })),
    ...log.ends,
  ].toSorted((a, b) => a.atMs - b.atMs);
  return {
    by: acts[0]?.sender ?? null,
    how: acts[0]?.how ?? 'open',
    closeNotify: { board: notify('board') !== undefined, peer: notify('peer') !== undefined },
    tcp: { board: tcp('board'), peer: tcp('peer') },
  };
}

function bytesOf(log: WireLog, sender: Sender): number {
  return log.chunks.reduce((sum, chunk) => sum + (chunk.sender === sender ? chunk.bytes.length : 0), 0);
}
