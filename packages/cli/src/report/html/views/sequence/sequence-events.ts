import type { HandshakeDetail, WireDetail } from '@wirewrap/conformance';
import { ContentType } from './content-type.ts';

type Sender = 'board' | 'peer';
type WireRecord = WireDetail['records'][number];
type WireMessage = WireDetail['messages'][number];

/** One arrow of the diagram. */
export interface SequenceEvent {
  readonly sender: Sender;
  /** Milliseconds since the TCP connection stood. */
  readonly atMs: number;
  readonly kind: 'tcp' | 'handshake' | 'alert' | 'data' | 'other';
  readonly title: string;
  readonly note: string;
  readonly encrypted: boolean;
  readonly fatal: boolean;
}

const TITLES: Readonly<Record<string, string>> = { hello_request: 'HelloRequest', end_of_early_data: 'EndOfEarlyData' };

/** `server_hello_done` to `ServerHelloDone`, as the RFCs print it. */
export function messageTitle(name: string): string {
  return TITLES[name] ?? name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Records with equal sender and time came in one chunk: its messages are dealt out to them by their lengths. */
function messagesOf(records: readonly WireRecord[], messages: readonly WireMessage[]): Map<WireRecord, WireMessage[]> {
  const dealt = new Map<WireRecord, WireMessage[]>();
  const key = ({ sender, atMs }: { sender: Sender; atMs: number }) => `${sender} ${atMs}`;
  const carriers = Map.groupBy(
    records.filter((record) => record.contentType === ContentType.handshake),
    key,
  );
  for (const [chunk, list] of Map.groupBy(messages, key)) {
    const inChunk = carriers.get(chunk) ?? [];
    let index = 0;
    let filled = 0;
    for (const message of list) {
      const last = index === inChunk.length - 1;
      const carrier = inChunk[index];
      if (!carrier) break;
      dealt.set(carrier, [...(dealt.get(carrier) ?? []), message]);
      filled += message.length + 4;
      // Encryption adds 17 to 53 bytes to a record; a handshake message has a header of four.
      if (!last && filled >= carrier.length - (carrier.encrypted ? 53 : 0)) {
        index += 1;
        filled = 0;
      }
    }
  }
  return dealt;
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'byte' : 'bytes'}`;
}

function recordEvent(
  record: WireRecord,
  messages: readonly WireMessage[],
  alert: WireDetail['alerts'][number] | undefined,
): SequenceEvent {
  const { sender, atMs, encrypted, contentType, length } = record;
  const common = { sender, atMs, encrypted, note: bytes(length), fatal: false };
  if (alert) {
    const title = `alert ${alert.number} ${alert.name}`;
    return { ...common, kind: 'alert', title, note: alert.level, fatal: alert.level === 'fatal' };
  }
  if (messages.length > 0) {
    return { ...common, kind: 'handshake', title: messages.map(({ name }) => messageTitle(name)).join(' · ') };
  }
  const type = contentType ?? record.type;
  if (contentType === null && encrypted)
    return { ...common, kind: 'other', title: `${record.typeName}, not decrypted` };
  if (type === ContentType.handshake) return { ...common, kind: 'handshake', title: 'part of a handshake message' };
  if (type === ContentType.application_data) return { ...common, kind: 'data', title: 'application data' };
  return {
    ...common,
    kind: 'other',
    title: type === ContentType.change_cipher_spec ? 'ChangeCipherSpec' : record.typeName.replaceAll('_', ' '),
  };
}

const ENDINGS: Readonly<Record<string, string>> = { fin: 'TCP FIN', rst: 'TCP RST' };

function closingEvents({ close, closedAtMs, records }: WireDetail): SequenceEvent[] {
  const atMs = closedAtMs ?? records.at(-1)?.atMs ?? 0;
  const order: Sender[] = close.by === 'peer' ? ['peer', 'board'] : ['board', 'peer'];
  return order.flatMap((sender) => {
    const how = close.tcp[sender];
    const title = ENDINGS[how];
    if (!title) return [];
    const note = close.closeNotify[sender] ? '' : 'without close_notify';
    return { sender, atMs, kind: 'tcp' as const, title, note, encrypted: false, fatal: how === 'rst' };
  });
}

/** What crossed the wire, in order: the connection, every record, the end. */
export function sequenceEvents({ role, wire }: HandshakeDetail): SequenceEvent[] {
  if (wire === null) return [];
  const dealt = messagesOf(wire.records, wire.messages);
  const alerts = [...wire.alerts];
  const records = wire.records.map((record) => {
    const index =
      record.contentType === ContentType.alert ? alerts.findIndex((alert) => alert.sender === record.sender) : -1;
    const [alert] = index < 0 ? [] : alerts.splice(index, 1);
    return recordEvent(record, dealt.get(record) ?? [], alert);
  });
  const connect: SequenceEvent = {
    sender: role === 'client' ? 'board' : 'peer',
    atMs: 0,
    kind: 'tcp',
    title: 'TCP connection',
    note: '',
    encrypted: false,
    fatal: false,
  };
  return [connect, ...records, ...closingEvents(wire)].toSorted((a, b) => a.atMs - b.atMs);
}
