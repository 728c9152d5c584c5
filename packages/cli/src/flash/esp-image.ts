import { createHash } from 'node:crypto';
import { CliError } from '../errors.ts';

/** `esp_image_header_t` of ESP-IDF (components/bootloader_support/include/esp_app_format.h). */
export const IMAGE_MAGIC = 0xe9;
const HEADER_BYTES = 24;
const SEGMENT_HEADER_BYTES = 8;
const HASH_APPENDED_AT = 23;
const CHECKSUM_SEED = 0xef;
const MOST_SEGMENTS = 16;
/** `esp_app_desc_t`, at the start of an application's first segment. */
const APP_DESCRIPTION_MAGIC = 0xabcd5432;

/** What part of a file an image is, for messages: the bootloader, or an application by its partition. */
export interface ImagePart {
  readonly file: string;
  readonly part: string;
  /** Where the image begins in the file. */
  readonly at: number;
}

/** Checks an image as the chip's bootloader does: segment lengths, checksum, SHA-256. Returns where it ends in the file. */
export function checkImage(bytes: Uint8Array, { file, part, at }: ImagePart): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cut = (needed: number): CliError =>
    new CliError(
      'BAD_FILE',
      `${file} is cut short: its ${part} needs at least ${needed} bytes, and the file has ${bytes.length}; download it again.`,
    );
  const damaged = (what: string): CliError =>
    new CliError('BAD_FILE', `${file} is damaged: the ${what} of its ${part} is wrong; download it again.`);
  if (bytes.length < at + HEADER_BYTES) throw cut(at + HEADER_BYTES);
  if (bytes[at] !== IMAGE_MAGIC) throw damaged('first byte');
  const segments = bytes[at + 1] ?? 0;
  if (segments === 0 || segments > MOST_SEGMENTS) throw damaged('number of segments');
  let end = at + HEADER_BYTES;
  let checksum = CHECKSUM_SEED;
  for (let segment = 0; segment < segments; segment += 1) {
    if (bytes.length < end + SEGMENT_HEADER_BYTES) throw cut(end + SEGMENT_HEADER_BYTES);
    const length = view.getUint32(end + 4, true);
    const start = end + SEGMENT_HEADER_BYTES;
    end = start + length;
    if (bytes.length < end) throw cut(end);
    for (let index = start; index < end; index += 1) checksum ^= bytes[index] as number;
  }
  // The checksum is the last byte of a block of 16, counted from the image's own beginning.
  const checksumAt = at + (Math.floor((end - at) / 16) + 1) * 16 - 1;
  if (bytes.length <= checksumAt) throw cut(checksumAt + 1);
  if (bytes[checksumAt] !== checksum) throw damaged('checksum');
  end = checksumAt + 1;
  if (bytes[at + HASH_APPENDED_AT] !== 1) return end;
  if (bytes.length < end + 32) throw cut(end + 32);
  const hash = createHash('sha256').update(bytes.subarray(at, end)).digest();
  if (!hash.equals(bytes.subarray(end, end + 32))) throw damaged('SHA-256');
  return end + 32;
}

/** Whether an image is an application, by the description that ESP-IDF puts at its start; a bootloader has none. */
export function isApplication(bytes: Uint8Array, at: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const description = at + HEADER_BYTES + SEGMENT_HEADER_BYTES;
  return bytes.length >= description + 4 && view.getUint32(description, true) === APP_DESCRIPTION_MAGIC;
}

/**
 * Whether an image is of the ESP8266, whose header ends after 8 bytes: where the ESP32 has its extended header, it has the
 * load address of its first segment, in RAM.
 */
export function isEsp8266(bytes: Uint8Array): boolean {
  if (bytes.length < 12 || (bytes[0] !== IMAGE_MAGIC && bytes[0] !== 0xea)) return false;
  const loadAddress = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true);
  return (loadAddress >= 0x4010_0000 && loadAddress < 0x4030_0000) || loadAddress >>> 16 === 0x3ffe;
}
