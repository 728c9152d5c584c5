import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { VirtualBoardError } from '../errors.ts';
import { packageSources } from './apt-sources.ts';
import { findCompiler, findOnPath } from './compiler.ts';
import { aptReason, privateApt } from './private-apt.ts';
import type { ProvisionOptions } from './provision-options.ts';

/** The port's variant: what of MicroPython and mbedTLS is compiled, and how. */
export const VARIANT_FOLDER: string = fileURLToPath(new URL('../../esp32-engine/variant/', import.meta.url));

/** Changes with what this file does, so that an engine of an older recipe is built again. */
export const RECIPE = 2;

/** Debian suites of the sources: MicroPython 1.26.1, and the mbedTLS that is next to IDF 5.4's 3.6.3. */
export const MICROPYTHON_SUITE = 'forky';
const MBEDTLS_SUITE = 'trixie';

const BUILD_TIMEOUT_MS = 900_000;
const TOOLS = 'apt install build-essential python3 pkg-config libffi-dev xz-utils bzip2';

/** The Debian source packages, with their versions. */
export interface Esp32Sources {
  readonly micropython: string;
  readonly mbedtls: string;
}

/**
 * Builds MicroPython's unix port with mbedTLS inside, both from Debian's source packages and with the options that ESP-IDF
 * sets for MicroPython on the ESP32. The executable is `folder/micropython`.
 *
 * @throws VirtualBoardError `NO_COMPILER` where a tool is missing, `PROVISION_FAILED`, `NO_MICROPYTHON`
 */
export async function buildEsp32Engine(folder: string, options: ProvisionOptions): Promise<Esp32Sources> {
  await requireTools();
  const work = join(folder, 'work');
  await mkdir(work, { recursive: true });
  try {
    await fetchSources(work, options);
    const sources = { micropython: await versionIn(work, 'micropython'), mbedtls: await versionIn(work, 'mbedtls') };
    const tree = await arrange(work, options);
    await make(tree, work, options);
    await copyFile(join(work, 'build', 'micropython'), join(folder, 'micropython'));
    return sources;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function requireTools(): Promise<void> {
  const missing: string[] = [];
  if (!(await findCompiler())) missing.push('a C compiler');
  for (const tool of ['make', 'python3', 'pkg-config', 'tar', 'xz', 'bzip2']) {
    if (!(await findOnPath(tool))) missing.push(tool);
  }
  if (!missing.includes('pkg-config')) {
    const libffi = await execa('pkg-config', ['--exists', 'libffi'], { reject: false, timeout: 10_000 });
    if (libffi.failed) missing.push("libffi's headers");
  }
  if (missing.length === 0) return;
  throw new VirtualBoardError(
    'NO_COMPILER',
    `The board parameter "engine=esp32" builds MicroPython on this machine, and it lacks ${missing.join(', ')}: install what is missing (on Debian: ${TOOLS}), or leave the parameter out.`,
  );
}

async function fetchSources(work: string, options: ProvisionOptions): Promise<void> {
  const micropython = options.suite ?? MICROPYTHON_SUITE;
  const lines: string[] = [];
  for (const suite of new Set([micropython, MBEDTLS_SUITE])) {
    const [source] = await packageSources(suite);
    if (source?.distribution !== 'debian') {
      throw new VirtualBoardError(
        'PROVISION_FAILED',
        'The board parameter "engine=esp32" builds from Debian\'s source packages, and this system is not Debian: leave the parameter out, or build it on Debian and set WIREWRAP_MICROPYTHON to the executable.',
      );
    }
    lines.push(source.line.replace(/^deb /, 'deb-src '));
  }
  try {
    const apt = await privateApt(join(work, 'apt'), lines, options, work);
    options.onProgress?.('Reading the lists of source packages');
    await apt('update');
    options.onProgress?.('Downloading the sources of micropython and mbedtls (about 12 MB)');
    await apt('source', '--download-only', `micropython/${micropython}`, `mbedtls/${MBEDTLS_SUITE}`);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new VirtualBoardError(
      'PROVISION_FAILED',
      `Debian's source packages of micropython and mbedtls could not be fetched (${aptReason(error)}): connect this machine to its package mirror once, or leave the board parameter "engine=esp32" out.`,
      { cause: error },
    );
  }
}

/** By the name of the package's description, `micropython_1.26.1+ds-1.dsc`. */
async function versionIn(work: string, name: string): Promise<string> {
  const file = (await readdir(work)).find((each) => each.startsWith(`${name}_`) && each.endsWith('.dsc'));
  return file?.slice(name.length + 1, -'.dsc'.length) ?? '';
}

/** One tree: MicroPython's with mbedTLS where its build looks for it. Debian takes both apart. */
async function arrange(work: string, options: ProvisionOptions): Promise<string> {
  options.onProgress?.('Unpacking the sources');
  const archives = (await readdir(work)).filter((name) => /\.orig\.tar\.\w+$/.test(name));
  for (const archive of archives) {
    await execa('tar', ['-xf', join(work, archive), '-C', work], { cancelSignal: options.signal });
  }
  const folders = await readdir(work);
  const find = (name: string) => join(work, folders.find((each) => each.startsWith(`${name}-`)) ?? name);
  const tree = find('micropython');
  await rm(join(tree, 'lib/mbedtls'), { recursive: true, force: true });
  await rename(find('mbedtls'), join(tree, 'lib/mbedtls'));
  // The build wants to see the folder of the frozen modules that Debian leaves out; this variant needs none of them.
  await mkdir(join(tree, 'lib/micropython-lib'), { recursive: true });
  await writeFile(join(tree, 'lib/micropython-lib/README.md'), '');
  // The boards' names of errors: "MBEDTLS_ERR_SSL_CONN_EOF" instead of a sentence.
  const errors = join(tree, 'lib/mbedtls_errors');
  await copyFile(join(errors, 'esp32_mbedtls_errors.c'), join(errors, 'mp_mbedtls_errors.c'));
  return tree;
}

async function make(tree: string, work: string, options: ProvisionOptions): Promise<void> {
  options.onProgress?.('Compiling MicroPython and mbedTLS (about a minute)');
  // The build's date is the release's, so that every machine builds the same version.
  const { mtimeMs } = await stat(join(tree, 'py/mpconfig.h'));
  const run = async (...args: string[]) =>
    await execa('nice', ['make', '-s', `-j${Math.min(4, availableParallelism())}`, 'CWARN=-w', ...args], {
      cwd: tree,
      stdin: 'ignore',
      timeout: BUILD_TIMEOUT_MS,
      cancelSignal: options.signal,
      env: { LC_ALL: 'C', SOURCE_DATE_EPOCH: String(Math.floor(mtimeMs / 1000)) },
    });
  try {
    await run('-C', 'mpy-cross');
    const folders = [`VARIANT_DIR=${VARIANT_FOLDER.replace(/\/$/, '')}`, `BUILD=${join(work, 'build')}`];
    await run('-C', 'ports/unix', ...folders, 'MICROPY_PY_BTREE=0', 'MICROPY_PY_JNI=0');
  } catch (error) {
    options.signal?.throwIfAborted();
    const {
      stderr = '',
      timedOut,
      shortMessage,
    } = error as { stderr?: string; timedOut?: boolean; shortMessage?: string };
    const line = stderr.split('\n').find((text) => /error|undefined reference/i.test(text)) ?? shortMessage ?? '';
    throw new VirtualBoardError(
      'PROVISION_FAILED',
      `MicroPython could not be built with the options of an ESP32 (${timedOut ? `not ready within ${BUILD_TIMEOUT_MS / 60_000} min` : line.trim()}): leave the board parameter "engine=esp32" out.`,
      { cause: error },
    );
  }
}
