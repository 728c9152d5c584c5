import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { instead } from '../debug.ts';
import { VirtualBoardError } from '../errors.ts';
import { cacheFolder, makeCacheFolder } from './cache-folder.ts';
import { findCompiler } from './compiler.ts';

const SOURCE = fileURLToPath(new URL('../../native/fail-allocation.c', import.meta.url));
const COMPILE_TIMEOUT_MS = 60_000;

/** Allocations of the TLS library that fail, counted from the interpreter's start, the first one is 1. */
export interface FailingAllocations {
  readonly from: number;
  /** The last one; without it all from `from` on. */
  readonly to?: number;
}

export interface TlsMemoryOptions {
  readonly failing?: FailingAllocations | undefined;
  /** Bytes that the TLS library may hold at a time; 0 counts them and sets no limit. */
  readonly heapBytes?: number | undefined;
}

/**
 * The environment in which what an interpreter's TLS library allocates is counted, limited, or fails: a shared object before
 * its `calloc`, compiled on this machine when it is first asked for and kept in the cache. It counts bytes: that a heap falls
 * into pieces, as a chip's does, it does not show.
 *
 * @param tlsObject file name of what holds the TLS library, where that is not a shared library of its own
 * @throws VirtualBoardError `NO_COMPILER`, `PROVISION_FAILED`
 */
export async function failAllocations(
  { failing, heapBytes }: TlsMemoryOptions,
  tlsObject?: string,
): Promise<Readonly<Record<string, string>>> {
  return {
    LD_PRELOAD: await sharedObject(),
    ...(failing === undefined
      ? {}
      : {
          WIREWRAP_FAIL_FROM: String(failing.from),
          WIREWRAP_FAIL_TO: String(failing.to ?? Number.MAX_SAFE_INTEGER),
        }),
    ...(heapBytes === undefined ? {} : { WIREWRAP_TLS_HEAP: String(heapBytes) }),
    ...(tlsObject === undefined ? {} : { WIREWRAP_TLS_OBJECT: tlsObject }),
  };
}

async function sharedObject(): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(SOURCE))
    .digest('hex')
    .slice(0, 16);
  const cache = cacheFolder('native');
  const object = join(cache, `fail-allocation-${process.arch}-${digest}.so`);
  const isThere = await access(object).then(() => true, instead(false, `looking for ${object}`));
  if (!isThere) await compile(cache, object);
  return object;
}

async function compile(cache: string, object: string): Promise<void> {
  const compiler = await findCompiler();
  if (!compiler) {
    throw new VirtualBoardError(
      'NO_COMPILER',
      'The board parameters "nomemory" and "tlsheap" need a C compiler, and there is no cc, gcc or clang on PATH: install one (on Debian: apt install gcc libc6-dev), or leave them out.',
    );
  }
  await makeCacheFolder(cache);
  const work = await mkdtemp(join(cache, 'compile-'));
  try {
    const made = join(work, 'made.so');
    const result = await execa(compiler, ['-shared', '-fPIC', '-O1', '-Wall', '-o', made, SOURCE], {
      reject: false,
      timeout: COMPILE_TIMEOUT_MS,
      stdin: 'ignore',
    });
    if (result.failed) {
      const line = result.stderr.split('\n').find((text) => /error/.test(text)) ?? result.shortMessage ?? '';
      throw new VirtualBoardError(
        'PROVISION_FAILED',
        `${compiler} could not compile ${SOURCE}: ${line.trim()}; install the C library's headers (on Debian: apt install libc6-dev).`,
      );
    }
    await rename(made, object);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
