import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { ReplDriverError } from '../errors.ts';

/** The ELF that a firmware was made of, as far as its header says it. */
export interface ElfFile {
  readonly path: string;
  /** `e_machine` of the header: 94 is Xtensa, 243 RISC-V (the ELF specification's table). */
  readonly machine: number;
}

const MAGIC = Buffer.from('\x7fELF', 'latin1');
const HEADER_BYTES = 20;

/**
 * Reads the header of an ELF.
 *
 * @example const { machine } = await readElf('build-ESP32_GENERIC/micropython.elf'); // 94
 * @throws ReplDriverError `BAD_VALUE`, one sentence, when it cannot be read or is none
 */
export async function readElf(path: string): Promise<ElfFile> {
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    await using file = await open(path);
    await file.read(header, 0, HEADER_BYTES, 0);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ReplDriverError(
      'BAD_VALUE',
      `Cannot read the ELF ${path} (${code}); name the .elf that the build left.`,
      {
        cause,
      },
    );
  }
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) {
    const remedy = 'name the .elf that the build left beside the image, such as micropython.elf';
    throw new ReplDriverError('BAD_VALUE', `${path} is no ELF; ${remedy}.`);
  }
  const littleEndian = header[5] === 1;
  return { path, machine: littleEndian ? header.readUInt16LE(18) : header.readUInt16BE(18) };
}

/** Whether a board runs the build of this ELF, by the beginning of its SHA-256 that ESP-IDF puts into the image. */
export async function isBuildOf({ path }: ElfFile, sha256: string): Promise<boolean> {
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return digest.startsWith(sha256);
}
