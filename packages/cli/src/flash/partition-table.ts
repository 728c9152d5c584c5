import { createHash } from 'node:crypto';
import { CliError } from '../errors.ts';

/** `esp_partition_info_t`: 32 bytes a row, until a row of another magic; a row of MD5 may follow the last. */
const rowBytes = 32;
export const partitionMagic = 0x50aa;
const md5Magic = 0xebeb;
const mostRows = 95;

export interface Partition {
  readonly label: string;
  readonly kind: 'app' | 'data';
  /** Flash address. */
  readonly address: number;
}

/** Reads the partition table at an offset of a file, and checks its MD5 where it has one. */
export function readPartitions(bytes: Uint8Array, at: number, file: string): Partition[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const partitions: Partition[] = [];
  for (let row = 0; row < mostRows; row += 1) {
    const start = at + row * rowBytes;
    if (bytes.length < start + rowBytes) {
      throw new CliError('BAD_FILE', `${file} is cut short: it ends in its partition table; download it again.`);
    }
    const magic = view.getUint16(start, true);
    if (magic === md5Magic) {
      const md5 = createHash('md5').update(bytes.subarray(at, start)).digest();
      if (md5.equals(bytes.subarray(start + 16, start + 32))) break;
      throw new CliError('BAD_FILE', `${file} is damaged: the MD5 of its partition table is wrong; download it again.`);
    }
    if (magic !== partitionMagic) break;
    const label = Buffer.from(bytes.subarray(start + 12, start + 28)).toString('latin1');
    partitions.push({
      label: label.replace(/\0.*$/s, ''),
      kind: bytes[start + 2] === 0 ? 'app' : 'data',
      address: view.getUint32(start + 4, true),
    });
  }
  return partitions;
}
