import { debug } from '../debug.ts';
import { VirtualBoardError } from '../errors.ts';
import { findOnPath } from './compiler.ts';
import { cachedEsp32Engine } from './esp32-engine.ts';
import { cachedPackage } from './package-cache.ts';
import { OLDEST_ENGINE, probeEngine } from './probe.ts';
import type { EngineName, PackageSource, ProvisionOptions } from './provision-options.ts';
import type { TlsLibrary } from './tls-library.ts';

/** Where a provisioned MicroPython is, and what it is. */
export interface Provisioned {
  readonly executable: string;
  /** Where it came from: an executable of the user's, one on PATH, or a distribution's package. */
  readonly source: 'WIREWRAP_MICROPYTHON' | 'PATH' | PackageSource;
  readonly engine: EngineName;
  /** As `sys.version` of the engine names it, e.g. `1.25.0`. */
  readonly version: string;
  readonly tls: TlsLibrary;
}

const provisioned = new Map<string, Promise<Provisioned>>();

/**
 * Finds a MicroPython or fetches the distribution's package into the user's cache; needs no root.
 *
 * Order: `WIREWRAP_MICROPYTHON`; a `micropython` on PATH that is new enough (only when no suite is asked for); the
 * cache; the package. A cached one needs no network.
 *
 * @example const { executable, version } = await provisionMicroPython({ suite: 'forky' });
 * @throws VirtualBoardError `NO_MICROPYTHON` or `PROVISION_FAILED` when there is none to be had; `NO_COMPILER` when one must be
 *   built and cannot.
 */
export async function provisionMicroPython(options: ProvisionOptions = {}): Promise<Provisioned> {
  const { WIREWRAP_MICROPYTHON, PATH, XDG_CACHE_HOME } = process.env;
  const key = [WIREWRAP_MICROPYTHON, PATH, XDG_CACHE_HOME, options.suite, options.engine].join('|');
  const known = provisioned.get(key);
  if (known) return await known;
  const pending = provision(options);
  provisioned.set(key, pending);
  pending.catch((error: unknown) => {
    debug('provisioning is tried again: %s', error);
    provisioned.delete(key);
  });
  return await pending;
}

async function provision(options: ProvisionOptions): Promise<Provisioned> {
  if (options.engine === 'esp32') return await provisionEsp32(options);
  const named = process.env.WIREWRAP_MICROPYTHON;
  if (named) return await useNamed(named);
  if (options.suite === undefined) {
    const found = await findOnPath('micropython');
    if (found) {
      const engine = await probeEngine(found);
      if (engine.ok)
        return { executable: found, source: 'PATH', engine: 'distribution', version: engine.version, tls: engine.tls };
      options.onProgress?.(`${found} ${engine.reason}; taking the distribution's package instead`);
    }
  }
  const cached = await cachedPackage(options);
  const engine = await probeEngine(cached.executable);
  if (!engine.ok) {
    throw new VirtualBoardError(
      'PROVISION_FAILED',
      `The unpacked MicroPython at ${cached.executable} ${engine.reason}: remove that folder to fetch it again, or set WIREWRAP_MICROPYTHON to another executable.`,
    );
  }
  return { ...cached, engine: 'distribution', version: engine.version, tls: engine.tls };
}

async function provisionEsp32(options: ProvisionOptions): Promise<Provisioned> {
  const { executable, sources } = await cachedEsp32Engine(options);
  const engine = await probeEngine(executable, `mbedtls ${sources.mbedtls}`);
  if (!engine.ok) {
    throw new VirtualBoardError(
      'PROVISION_FAILED',
      `The MicroPython that was built at ${executable} ${engine.reason}: remove that folder to build it again, or leave the board parameter "engine=esp32" out.`,
    );
  }
  const source = `debian micropython ${sources.micropython}` as const;
  return { executable, source, engine: 'esp32', version: engine.version, tls: engine.tls };
}

async function useNamed(executable: string): Promise<Provisioned> {
  const engine = await probeEngine(executable);
  if (engine.ok)
    return {
      executable,
      source: 'WIREWRAP_MICROPYTHON',
      engine: 'distribution',
      version: engine.version,
      tls: engine.tls,
    };
  throw new VirtualBoardError(
    'NO_MICROPYTHON',
    `WIREWRAP_MICROPYTHON names ${executable}, which ${engine.reason}: give the path of a MicroPython unix port ${OLDEST_ENGINE} or later, or unset it.`,
  );
}
