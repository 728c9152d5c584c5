import type { Sender } from '../transcript/transcript.ts';

/** Addresses for documentation (RFC 5737): the real ones say nothing, and would tie a capture to a machine. */
const ADDRESSES: Readonly<Record<Sender, readonly number[]>> = { board: [192, 0, 2, 1], peer: [192, 0, 2, 2] };

export interface IpProtocol {
  readonly protocol: number;
  readonly checksumAt: number;
  /** What is written for a checksum of 0: in UDP 0 says that there is none, and TCP has no such rule. */
  readonly zeroChecksum: 0 | 0xffff;
}

/** A TCP or UDP packet between the two ends, with the checksum of RFC 793 or RFC 768 filled in. */
export function ipPacket(
  { protocol, checksumAt, zeroChecksum }: IpProtocol,
  from: Sender,
  to: Sender,
  payload: Buffer,
): Buffer {
  const addresses = Buffer.from([...ADDRESSES[from], ...ADDRESSES[to]]);
  const pseudo = Buffer.concat([
    addresses,
    Buffer.from([0, protocol, payload.length >> 8, payload.length & 255]),
    payload,
  ]);
  payload.writeUInt16BE(checksum(pseudo) || zeroChecksum, checksumAt);
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payload.length, 2);
  header.writeUInt8(64, 8);
  header.writeUInt8(protocol, 9);
  addresses.copy(header, 12);
  header.writeUInt16BE(checksum(header), 10);
  return Buffer.concat([header, payload]);
}

/** The Internet checksum of RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}
