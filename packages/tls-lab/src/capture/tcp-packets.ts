import type { Sender, Transcript } from '../transcript/transcript.ts';
import { ipPacket } from './ip-packet.ts';
import type { Packet } from './pcapng.ts';

/** The ports are made up as well. */
const SERVER_PORT = 443;
const FIRST_CLIENT_PORT = 49_152;
export const TCP = { protocol: 6, checksumAt: 16, zeroChecksum: 0 } as const;
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
    return {
      atUs: BigInt(Math.round((originMs + segment.atMs) * 1000)),
      bytes: ipPacket(TCP, segment.sender, other, tcp),
    };
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
