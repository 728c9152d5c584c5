import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { execa } from 'execa';
import { debug } from '../debug.ts';

/**
 * The mbedTLS of an engine. `compiled` and `loaded` differ where a distribution has updated the library since it compiled
 * MicroPython: what a handshake does follows `loaded`, and `tls.MBEDTLS_VERSION` names `compiled`.
 *
 * @example { compiled: '3.6.3', loaded: '3.6.6', package: 'mbedtls 3.6.6-0.1~deb13u1' }
 */
export interface TlsLibrary {
  /** Version of the headers that the interpreter was compiled with. */
  readonly compiled: string | null;
  /** Version that the library in the process gives itself; null where it cannot be asked. */
  readonly loaded: string | null;
  /** Source package and version that the library came in; null where it is of no package. */
  readonly package: string | null;
}

/** What `TLS_PROBE` prints, as JSON. */
export interface ProbedTls {
  readonly compiled: string | null;
  readonly loaded: string | null;
  /** The shared object; null when the library is part of the executable. */
  readonly path: string | null;
}

/** Python that prints a `ProbedTls`. The version comes from the library that the process has mapped. */
export const TLS_PROBE = `
def _tls():
    import json, tls
    compiled = getattr(tls, 'MBEDTLS_VERSION', None)
    path = loaded = None
    try:
        with open('/proc/self/maps') as maps:
            for line in maps:
                name = line.rstrip().split(' ')[-1]
                if 'libmbedcrypto' in name:
                    path = name
                    break
        if path is None:
            loaded = compiled
        else:
            import ffi
            text = bytearray(18)
            ffi.open(path).func('v', 'mbedtls_version_get_string', 'P')(text)
            loaded = str(bytes(text[:bytes(text).find(b'\\x00')]), 'utf-8')
    except Exception:
        pass
    print(json.dumps({'compiled': compiled, 'loaded': loaded, 'path': path}))
_tls()
`;

/** @param knownPackage the package of a library that is part of the executable */
export async function describeTls(probed: ProbedTls, knownPackage?: string): Promise<TlsLibrary> {
  return {
    compiled: versionNumber(probed.compiled),
    loaded: versionNumber(probed.loaded),
    package: knownPackage ?? (probed.path === null ? null : await packageOf(probed.path)),
  };
}

function versionNumber(text: string | null): string | null {
  return /\d+\.\d+\.\d+/.exec(text ?? '')?.[0] ?? null;
}

/** The Debian package of a shared object: by the changelog in the same tree, else by dpkg. */
async function packageOf(path: string): Promise<string | null> {
  const root = /^(?<root>.*?)(?:\/usr)?\/lib(?:64)?\//.exec(path)?.groups?.root ?? '';
  return (await fromChangelog(join(root, '/usr/share/doc'))) ?? (root === '' ? await fromDpkg(path) : null);
}

async function fromChangelog(docs: string): Promise<string | null> {
  try {
    const folder = (await readdir(docs)).find((name) => /^libmbedcrypto\d/.test(name));
    if (!folder) return null;
    const text = await promisify(gunzip)(await readFile(join(docs, folder, 'changelog.Debian.gz')));
    const [, name, version] = /^(\S+) \(([^)]+)\)/.exec(text.toString()) ?? [];
    return name && version ? `${name} ${version}` : null;
  } catch (error) {
    debug('no changelog of mbedTLS in %s: %s', docs, error);
    return null;
  }
}

async function fromDpkg(path: string): Promise<string | null> {
  const owner = await execa('dpkg-query', ['-S', path], { reject: false, timeout: 10_000 });
  const name = owner.stdout?.split(': ')[0]?.split(',')[0];
  if (owner.failed || !name) return null;
  const format = '-f=$' + '{source:Package} $' + '{source:Version}';
  const version = await execa('dpkg-query', ['-W', format, name], { reject: false, timeout: 10_000 });
  return version.failed ? null : version.stdout.trim() || null;
}
