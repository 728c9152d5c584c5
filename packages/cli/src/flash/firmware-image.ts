import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CliError } from '../errors.ts';
import { checkImage, IMAGE_MAGIC, isApplication, isEsp8266 } from './esp-image.ts';
import { PARTITION_MAGIC, readPartitions } from './partition-table.ts';

/** Chips by the `chip_id` of the image header, and where their ROM expects the bootloader (esptool's target tables). */
const CHIPS: Readonly<Record<number, { readonly name: string; readonly bootloaderAt: number }>> = {
  0: { name: 'ESP32', bootloaderAt: 0x1000 },
  2: { name: 'ESP32-S2', bootloaderAt: 0x1000 },
  5: { name: 'ESP32-C3', bootloaderAt: 0 },
  9: { name: 'ESP32-S3', bootloaderAt: 0 },
  12: { name: 'ESP32-C2', bootloaderAt: 0 },
  13: { name: 'ESP32-C6', bootloaderAt: 0 },
  16: { name: 'ESP32-H2', bootloaderAt: 0 },
  18: { name: 'ESP32-P4', bootloaderAt: 0x2000 },
  20: { name: 'ESP32-C61', bootloaderAt: 0 },
  23: { name: 'ESP32-C5', bootloaderAt: 0x2000 },
};

/** Address of the partition table in flash: ESP-IDF's default, and MicroPython's. */
const PARTITION_TABLE_AT = 0x8000;

/** What a firmware file says about itself. */
export interface FirmwareImage {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly chipId: number;
  /** `ESP32-C3`. */
  readonly chip: string;
  /** Flash address that the file's first byte goes to. */
  readonly address: number;
  /** MicroPython's build, e.g. `v1.26.1 on 2025-09-11`, as the board reports it; null when the file has none. */
  readonly build: string | null;
}

/** Reads a firmware for a whole board (bootloader, partition table, application): MicroPython's downloads are that. */
export async function readFirmwareImage(path: string): Promise<FirmwareImage> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CliError('BAD_FILE', `The firmware ${path} cannot be read (${code}); name a .bin of this computer.`, {
      cause,
    });
  }
  return parseFirmwareImage(path, bytes);
}

/**
 * Reads what a firmware says of itself, and checks it as the chip will: the partition table, the bootloader and the first
 * application by segment lengths, checksum and SHA-256. Bytes between these parts are not covered by any check.
 */
export function parseFirmwareImage(path: string, bytes: Uint8Array): FirmwareImage {
  const file = basename(path);
  if (isEsp8266(bytes)) {
    throw new CliError('BAD_FILE', `${file} is a firmware for the ESP8266, which this command cannot flash.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A merged image (`idf.py merge-bin`) begins at address 0, with 0xFF up to the bootloader.
  const header = [0, 0x1000, 0x2000].find((at) => bytes[at] === IMAGE_MAGIC && isErased(bytes.subarray(0, at)));
  if (header === undefined || bytes.length < header + 24) {
    throw new CliError(
      'BAD_FILE',
      `${file} is not an ESP32 firmware: it does not begin with an image header (0xE9); give the .bin of a MicroPython download.`,
    );
  }
  // esp_image_header_t: 8 bytes, then the extended header with chip_id at its fifth byte.
  const chipId = view.getUint16(header + 12, true);
  const chip = CHIPS[chipId];
  if (!chip) throw new CliError('BAD_FILE', `${file} is for a chip that is not known here (chip id ${chipId}).`);
  const address = header === 0 ? chip.bootloaderAt : 0;
  const table = PARTITION_TABLE_AT - address;
  if (bytes.length < table + 2 || view.getUint16(table, true) !== PARTITION_MAGIC) {
    throw withoutTable(file, bytes, header, chip.name);
  }
  const bootloaderEnd = checkImage(bytes, { file, part: 'bootloader', at: header });
  if (bootloaderEnd > table) {
    throw new CliError(
      'BAD_FILE',
      `${file} is damaged: its bootloader reaches into its partition table; download it again.`,
    );
  }
  checkApplications(file, bytes, address, table);
  return { path, bytes, chipId, chip: chip.name, address, build: findBuild(bytes) };
}

/** What a file without a partition table is: a part of a firmware, or one that was cut short. */
function withoutTable(file: string, bytes: Uint8Array, header: number, chip: string): CliError {
  checkImage(bytes, { file, part: 'first image', at: header });
  const remedy = "download the firmware's .bin, which holds all parts";
  const what = isApplication(bytes, header)
    ? 'an application without bootloader and partition table (an .app-bin)'
    : 'a bootloader alone';
  return new CliError('BAD_FILE', `${file} is ${what} for ${chip}; ${remedy}.`);
}

/** The first application must be whole; others (the second half of an OTA pair) only where the file has them. */
function checkApplications(file: string, bytes: Uint8Array, address: number, table: number): void {
  const applications = readPartitions(bytes, table, file).filter(({ kind }) => kind === 'app');
  if (applications.length === 0) throw new CliError('BAD_FILE', `${file} has no partition for an application.`);
  for (const [index, { label, address: flashAddress }] of applications.entries()) {
    const at = flashAddress - address;
    if (index > 0 && bytes[at] !== IMAGE_MAGIC) continue;
    checkImage(bytes, { file, part: `application '${label}'`, at });
  }
}

function isErased(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0xff);
}

/** MicroPython holds its banner's version and date as one C string. */
function findBuild(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return /v?\d+\.\d+(?:\.\d+)?(?:[-+][\w.+-]+)? on \d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null;
}
