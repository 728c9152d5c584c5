import { createHash } from 'node:crypto';
import { CliError } from '../errors.ts';

/** `esp_partition_info_t`: 32 bytes a row, until a row of another magic; a row of MD5 may follow the last. */
const ROW_BYTES = 32;
export const PARTITION_MAGIC = 0x50aa;
const MD5_MAGIC = 0xebeb;
const MOST_ROWS = 95;

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
  for (let row = 0; row < MOST_ROWS; row += 1) {
    const start = at + row * ROW_BYTES;
    if (bytes.length < start + ROW_BYTES) {
      throw new CliError('BAD_FILE', `${file} is cut short: it ends in its partition table; download it again.`);
    }
    const magic = view.getUint16(start, true);
    if (magic === MD5_MAGIC) {
      const md5 = createHash('md5').update(bytes.subarray(at, start)).digest();
      if (md5.equals(bytes.subarray(start + 16, start + 32))) break;
      throw new CliError('BAD_FILE', `${file} is damaged: the MD5 of its partition table is wrong; download it again.`);
    }
    if (magic !== PARTITION_MAGIC) break;
    const label = Buffer.from(bytes.subarray(start + 12, start + 28)).toString('latin1');
    partitions.push({
      label: label.replace(/\0.*$/s, ''),
      kind: bytes[start + 2] === 0 ? 'app' : 'data',
      address: view.getUint32(start + 4, true),
    });
  }
  return partitions;
}
