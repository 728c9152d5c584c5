import { createHash } from 'node:crypto';

const partitionTableAt = 0x8000;
const applicationAt = 0x10000;

interface Segment {
  readonly loadAddress: number;
  readonly data: Buffer;
}

/** An image as esptool's elf2image makes it: header, segments, padding, checksum, SHA-256. */
export function makeImage(chipId: number, segments: readonly Segment[], hash = true): Buffer {
  const header = Buffer.alloc(24);
  header[0] = 0xe9;
  header[1] = segments.length;
  header[8] = 0xee;
  header.writeUInt16LE(chipId, 12);
  header[23] = hash ? 1 : 0;
  const parts = segments.flatMap(({ loadAddress, data }) => {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(loadAddress, 0);
    head.writeUInt32LE(data.length, 4);
    return [head, data];
  });
  const body = Buffer.concat([header, ...parts]);
  const padded = Buffer.concat([body, Buffer.alloc(16 - (body.length % 16))]);
  padded[padded.length - 1] = segments.reduce((sum, { data }) => data.reduce((xor, byte) => xor ^ byte, sum), 0xef);
  return hash ? Buffer.concat([padded, createHash('sha256').update(padded).digest()]) : padded;
}

function noise(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 2654435761) >>> 24));
}

export function makeBootloader(chipId: number): Buffer {
  return makeImage(chipId, [{ loadAddress: 0x3fff0030, data: noise(0x1200) }]);
}

/** An application with ESP-IDF's description and MicroPython's banner. */
export function makeApplication(chipId: number, build = 'v1.26.1 on 2025-09-11'): Buffer {
  const data = noise(0x2400);
  data.writeUInt32LE(0xabcd5432, 0);
  data.write(`${build}\0`, 0x1000, 'latin1');
  return makeImage(chipId, [
    { loadAddress: 0x3f400020, data },
    { loadAddress: 0x40080000, data: noise(0x401) },
  ]);
}

function makePartitionTable(): Buffer {
  const row = (label: string, type: number, subtype: number, address: number, size: number): Buffer => {
    const bytes = Buffer.alloc(32);
    bytes.writeUInt16LE(0x50aa, 0);
    bytes[2] = type;
    bytes[3] = subtype;
    bytes.writeUInt32LE(address, 4);
    bytes.writeUInt32LE(size, 8);
    bytes.write(label, 12, 'latin1');
    return bytes;
  };
  const rows = Buffer.concat([row('nvs', 1, 2, 0x9000, 0x6000), row('factory', 0, 0, applicationAt, 0x1f0000)]);
  const md5 = Buffer.alloc(32, 0xff);
  md5.writeUInt16LE(0xebeb, 0);
  createHash('md5').update(rows).digest().copy(md5, 16);
  return Buffer.concat([rows, md5]);
}

/** A whole firmware: bootloader, partition table and application at their addresses, 0xFF in between. */
export function makeFirmware(chipId: number, bootloaderAt = 0, build?: string): Buffer {
  const application = makeApplication(chipId, build);
  const bytes = Buffer.alloc(applicationAt - bootloaderAt + application.length, 0xff);
  makeBootloader(chipId).copy(bytes);
  makePartitionTable().copy(bytes, partitionTableAt - bootloaderAt);
  application.copy(bytes, applicationAt - bootloaderAt);
  return bytes;
}
