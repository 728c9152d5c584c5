/** LINKTYPE_IPV4: packets begin with the IPv4 header. */
const LINK_TYPE = 228;
/** 'TLSK': NSS key log lines. */
const TLS_KEY_LOG = 0x544c534b;

const BLOCK = { section: 0x0a0d0d0a, interface: 1, packet: 6, secrets: 10 } as const;

export interface Packet {
  /** Microseconds since 1970. */
  readonly atUs: bigint;
  readonly bytes: Buffer;
}

/** A pcapng file (draft-ietf-opsawg-pcapng) with the decryption secrets before the packets, where readers need them. */
export function pcapng(keyLog: string, packets: readonly Packet[]): Buffer {
  return Buffer.concat([
    block(BLOCK.section, sectionHeader()),
    block(BLOCK.interface, interfaceDescription()),
    ...(keyLog === '' ? [] : [block(BLOCK.secrets, secrets(keyLog))]),
    ...packets.map((packet) => block(BLOCK.packet, enhancedPacket(packet))),
  ]);
}

function block(type: number, body: Buffer): Buffer {
  const padded = pad(body);
  const length = uint32(padded.length + 12);
  return Buffer.concat([uint32(type), length, padded, length]);
}

/** Byte-order magic, version 1.0, section length unknown, and the option shb_userappl (4). */
function sectionHeader(): Buffer {
  const head = Buffer.from([0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
  const name = Buffer.from('wirewrap');
  return Buffer.concat([head, uint16(4), uint16(name.length), pad(name), uint32(0)]);
}

/** Link type, no limit of packet length; times are in microseconds, the default. */
function interfaceDescription(): Buffer {
  return Buffer.concat([uint16(LINK_TYPE), uint16(0), uint32(0)]);
}

function secrets(keyLog: string): Buffer {
  const text = Buffer.from(keyLog);
  return Buffer.concat([uint32(TLS_KEY_LOG), uint32(text.length), text]);
}

function enhancedPacket({ atUs, bytes }: Packet): Buffer {
  const time = [uint32(Number(atUs >> 32n)), uint32(Number(atUs & 0xffffffffn))];
  return Buffer.concat([uint32(0), ...time, uint32(bytes.length), uint32(bytes.length), bytes]);
}

function pad(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
