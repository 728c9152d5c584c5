import { ignored } from '../debug.ts';
import type { PanicPlace } from '../errors.ts';
import { decodeAddresses, type PanicFrame } from './addr2line.ts';
import { type ElfFile, isBuildOf } from './elf-file.ts';

/** Calls that are told in a sentence; the dump has all of them. */
const TOLD = 8;

/**
 * Where a panic was, for the end of a sentence: `in mp_obj_print_helper (py/obj.c:123), called from …`; or why nobody can
 * say it.
 *
 * @example await explainPanic(await readElf('micropython.elf'), { addresses: ['0x400d1234'], elfSha256: null });
 */
export async function explainPanic(
  elf: ElfFile,
  { addresses, elfSha256 }: PanicPlace,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const obstacle = elfSha256 === null ? null : await otherBuild(elf, elfSha256);
  if (obstacle !== null) return `not decoded: ${obstacle}`;
  const frames = await decodeAddresses(elf, addresses, env);
  if ('why' in frames) return `not decoded (${addresses.slice(0, TOLD).join(' ')}): ${frames.why}`;
  const told = frames.slice(0, TOLD).map(frameText).join(', called from ');
  const more = frames.length > TOLD ? `, and ${frames.length - TOLD} more` : '';
  return `in ${told}${more}`;
}

/** Why the lines of an ELF would be wrong, or cannot be had any more; null when it is the board's. */
async function otherBuild(elf: ElfFile, sha256: string): Promise<string | null> {
  try {
    if (await isBuildOf(elf, sha256)) return null;
  } catch (error) {
    ignored(`reading the ELF ${elf.path}`)(error);
    return `${elf.path} cannot be read any more (${(error as NodeJS.ErrnoException).code})`;
  }
  return `${elf.path} is of another build than the board's, whose ELF has the SHA-256 ${sha256}…`;
}

function frameText({ address, function: name, file, line }: PanicFrame): string {
  const place = file === null ? null : line === null ? file : `${file}:${line}`;
  if (name === null && place === null) return address;
  return place === null ? `${name}` : `${name ?? address} (${place})`;
}
