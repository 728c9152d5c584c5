/** A firmware with the marks of a real one (image header, partition table, MicroPython's banner), and noise in between. */
export function makeFirmware(chipId: number, bootloaderAt = 0, build = 'v1.26.1 on 2025-09-11'): Buffer {
  const bytes = Buffer.alloc(0x12000 - bootloaderAt);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = (i * 2654435761) >>> 24;
  bytes[0] = 0xe9;
  bytes.writeUInt16LE(chipId, 12);
  bytes.writeUInt16LE(0x50aa, 0x8000 - bootloaderAt);
  bytes.write(`${build}\0`, 0x11000 - bootloaderAt, 'latin1');
  return bytes;
}
