import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { instead } from '../debug.ts';
import type { ElfFile } from './elf-file.ts';

/** One call of a panic's backtrace. */
export interface PanicFrame {
  readonly address: string;
  /** Null where the ELF does not say it. */
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** What takes the place of frames where nothing could read them: one sentence without its period. */
export interface NoFrames {
  readonly why: string;
}

interface Toolchain {
  readonly name: string;
  readonly commands: readonly string[];
}

/** Espressif's names, the newest first; the ELF's own number decides. */
const TOOLCHAINS: Readonly<Record<number, Toolchain>> = {
  94: {
    name: 'Xtensa',
    commands: ['xtensa-esp-elf', 'xtensa-esp32-elf', 'xtensa-esp32s3-elf', 'xtensa-esp32s2-elf'],
  },
  243: { name: 'RISC-V', commands: ['riscv32-esp-elf', 'riscv64-unknown-elf', 'riscv32-unknown-elf'] },
};
/** They read files of other machines where they were built for that. */
const ANY_MACHINE = ['addr2line', 'llvm-addr2line'];
const TIMEOUT_MS = 20_000;

const run = promisify(execFile);

/**
 * What the addresses of a panic are in an ELF, by the first addr2line that reads it: those of Espressif's toolchain, on PATH or
 * where ESP-IDF installs it (`~/.espressif`, IDF_TOOLS_PATH), then the machine's own.
 *
 * @example await decodeAddresses(await readElf('micropython.elf'), ['0x400d1234']);
 */
export async function decodeAddresses(
  elf: ElfFile,
  addresses: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<readonly PanicFrame[] | NoFrames> {
  const toolchain = TOOLCHAINS[elf.machine];
  const names = [...(toolchain?.commands ?? []).map((prefix) => `${prefix}-addr2line`), ...ANY_MACHINE];
  const PATH = [env.PATH, ...(await espressifFolders(env))].join(':');
  const args = ['-e', elf.path, '-a', '-f', '-C', '-i', ...addresses];
  for (const name of names) {
    const answer = await ask(name, args, { ...env, PATH, LC_ALL: 'C' });
    if (answer !== null) return parseFrames(answer);
  }
  const wanted = toolchain === undefined ? '' : `, such as ${toolchain.commands[0]}-addr2line of ESP-IDF's tools`;
  return { why: `no addr2line on this machine reads ${elf.path}: install one for its chip${wanted}` };
}

/** Null where it is not on PATH, or does not read the file: llvm-addr2line says that and ends with 0 all the same. */
async function ask(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(name, args, { env, timeout: TIMEOUT_MS });
    return /error|not recognized/i.test(stderr) ? null : stdout;
  } catch (error) {
    return instead(null, `asking ${name}`)(error);
  }
}

/** `~/.espressif/tools/NAME/VERSION/NAME/bin`. */
async function espressifFolders(env: NodeJS.ProcessEnv): Promise<string[]> {
  const tools = join(env.IDF_TOOLS_PATH ?? join(homedir(), '.espressif'), 'tools');
  const list = (folder: string) => readdir(folder).catch(instead([], `looking for a toolchain in ${folder}`));
  const names = (await list(tools)).filter((name) => /^(xtensa|riscv)/.test(name));
  const versions = await Promise.all(
    names.map(async (name) =>
      (await list(join(tools, name))).map((version) => join(tools, name, version, name, 'bin')),
    ),
  );
  return versions.flat();
}

/** For each address a line with it, then a pair of lines for its function and each that was inlined around it. */
function parseFrames(stdout: string): PanicFrame[] {
  const frames: PanicFrame[] = [];
  let address = '';
  let name: string | null = null;
  for (const line of stdout.split(/\r?\n/)) {
    if (/^0x[\da-f]+$/i.test(line)) {
      address = line;
      name = null;
    } else if (name === null) {
      name = line;
    } else {
      frames.push(frameOf(address, name, line));
      name = null;
    }
  }
  return frames;
}

/** `/micropython/py/obj.c:123 (discriminator 2)`; `??:0` or `??:?` where nothing is known. */
function frameOf(address: string, name: string, place: string): PanicFrame {
  const [, file = '??', line = '?'] = /^(.*):(\d+|\?)(?: \(discriminator \d+\))?$/.exec(place) ?? [];
  return {
    address: `0x${BigInt(address).toString(16).padStart(8, '0')}`,
    function: name === '??' ? null : name,
    file: file === '??' ? null : file,
    line: line === '?' || line === '0' ? null : Number(line),
  };
}
