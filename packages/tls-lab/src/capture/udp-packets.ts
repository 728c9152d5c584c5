import type { Transcript } from '../transcript/transcript.ts';
import { ipPacket } from './ip-packet.ts';
import type { Packet } from './pcapng.ts';

export const UDP = { protocol: 17, checksumAt: 6, zeroChecksum: 0xffff } as const;
/** Not 443, where readers expect QUIC. */
const SERVER_PORT = 4433;
const FIRST_CLIENT_PORT = 49_152;
/** An IPv4 packet has 65,535 bytes at most, headers included. */
const LONGEST_DATAGRAM = 65_507;

/** The datagrams as IPv4 packets, with headers that are made up as those of `tcpPackets`. */
export function udpPackets({ wire }: Transcript, index: number, originMs: number): Packet[] {
  return wire.chunks.map(({ sender, bytes, atMs }) => {
    const other = sender === 'board' ? 'peer' : 'board';
    const clientPort = FIRST_CLIENT_PORT + index;
    const payload = bytes.subarray(0, LONGEST_DATAGRAM);
    const header = Buffer.alloc(8);
    header.writeUInt16BE(sender === wire.client ? clientPort : SERVER_PORT, 0);
    header.writeUInt16BE(sender === wire.client ? SERVER_PORT : clientPort, 2);
    header.writeUInt16BE(header.length + payload.length, 4);
    const packet = ipPacket(UDP, sender, other, Buffer.concat([header, payload]));
    return { atUs: BigInt(Math.round((originMs + atMs) * 1000)), bytes: packet };
  });
}
