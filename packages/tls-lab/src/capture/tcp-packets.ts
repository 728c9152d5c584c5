import type { Sender, Transcript } from '../transcript/transcript.ts';
import type { Packet } from './pcapng.ts';

/** Addresses for documentation (RFC 5737): the real ones say nothing, and would tie a capture to a machine. */
const ADDRESSES: Readonly<Record<Sender, readonly number[]>> = { board: [192, 0, 2, 1], peer: [192, 0, 2, 2] };
const SERVER_PORT = 443;
const FIRST_CLIENT_PORT = 49_152;
/** An IPv4 packet has 65,535 bytes at most. */
const LONGEST_SEGMENT = 60_000;

const FLAG = { fin: 0x01, syn: 0x02, rst: 0x04, push: 0x08, ack: 0x10 } as const;

interface Segment {
  readonly sender: Sender;
  readonly flags: number;
  readonly payload: Uint8Array;
  readonly atMs: number;
}

const NOTHING = new Uint8Array(0);

/**
 * The connection as IPv4 packets. The payloads, their pieces and times are what was seen; the headers are made up:
 * the harness sees sockets, not packets. `originMs` is the wall-clock time of 0 on the transcript's clock.
 */
export function tcpPackets({ wire, connectedAtMs }: Transcript, index: number, originMs: number): Packet[] {
  const client = wire.client;
  const server: Sender = client === 'board' ? 'peer' : 'board';
  const handshake: Segment[] = [
    { sender: client, flags: FLAG.syn, payload: NOTHING, atMs: connectedAtMs },
    { sender: server, flags: FLAG.syn | FLAG.ack, payload: NOTHING, atMs: connectedAtMs },
    { sender: client, flags: FLAG.ack, payload: NOTHING, atMs: connectedAtMs },
  ];
  const data = wire.chunks.flatMap(({ sender, bytes, atMs }) =>
    pieces(bytes).map((payload): Segment => ({ sender, flags: FLAG.push | FLAG.ack, payload, atMs })),
  );
  const ends = wire.ends.map(
    ({ sender, how, atMs }): Segment => ({ sender, flags: FLAG[how] | FLAG.ack, payload: NOTHING, atMs }),
  );
  const segments = [...handshake, ...[...data, ...ends].toSorted((a, b) => a.atMs - b.atMs)];
  const next: Record<Sender, number> = { board: 1000, peer: 2000 };
  return segments.map((segment) => {
    const other: Sender = segment.sender === 'board' ? 'peer' : 'board';
    const clientPort = FIRST_CLIENT_PORT + index;
    const ports: readonly [number, number] =
      segment.sender === client ? [clientPort, SERVER_PORT] : [SERVER_PORT, clientPort];
    const acknowledged = segment.flags & FLAG.ack ? next[other] : 0;
    const tcp = tcpSegment(segment, ports, next[segment.sender], acknowledged);
    const control = segment.flags & (FLAG.syn | FLAG.fin) ? 1 : 0;
    next[segment.sender] = (next[segment.sender] + segment.payload.length + control) % 0x1_0000_0000;
    return { atUs: BigInt(Math.round((originMs + segment.atMs) * 1000)), bytes: ipPacket(segment.sender, other, tcp) };
  });
}

function pieces(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / LONGEST_SEGMENT);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * LONGEST_SEGMENT, (at + 1) * LONGEST_SEGMENT));
}

function tcpSegment(
  { flags, payload }: Segment,
  ports: readonly [number, number],
  sequence: number,
  ack: number,
): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(ports[0], 0);
  header.writeUInt16BE(ports[1], 2);
  header.writeUInt32BE(sequence, 4);
  header.writeUInt32BE(ack, 8);
  header.writeUInt8(5 << 4, 12);
  header.writeUInt8(flags, 13);
  header.writeUInt16BE(65_535, 14);
  return Buffer.concat([header, payload]);
}

function ipPacket(from: Sender, to: Sender, tcp: Buffer): Buffer {
  const addresses = Buffer.from([...ADDRESSES[from], ...ADDRESSES[to]]);
  const pseudo = Buffer.concat([addresses, Buffer.from([0, 6, tcp.length >> 8, tcp.length & 255]), tcp]);
  tcp.writeUInt16BE(checksum(pseudo), 16);
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + tcp.length, 2);
  header.writeUInt8(64, 8);
  header.writeUInt8(6, 9);
  addresses.copy(header, 12);
  header.writeUInt16BE(checksum(header), 10);
  return Buffer.concat([header, tcp]);
}

/** The Internet checksum of RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}
