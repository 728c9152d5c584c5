import { execa } from 'execa';
import { describeTls, type ProbedTls, TLS_PROBE, type TlsLibrary } from './tls-library.ts';

/** The first version whose unix port has `vfs`, `tls` with verification by date, and ECDHE-RSA with GCM. */
export const OLDEST_ENGINE = '1.24';

export type EngineProbe =
  | { readonly ok: true; readonly version: string; readonly tls: TlsLibrary }
  | { readonly ok: false; readonly reason: string };

const PROGRAM = `
import sys
print('.'.join(str(n) for n in sys.implementation[1][:3]))
try:
    import vfs, tls, io
    vfs.VfsLfs2, tls.SSLContext, io.IOBase
    print('usable')
except Exception as error:
    print(repr(error))
${TLS_PROBE}`;

/**
 * Can this executable be the engine of a virtual board?
 *
 * @param tlsPackage the package of its TLS library where that is part of the executable
 */
export async function probeEngine(executable: string, tlsPackage?: string): Promise<EngineProbe> {
  const result = await execa(executable, ['-c', PROGRAM], {
    reject: false,
    timeout: 10_000,
    stdin: 'ignore',
    cwd: '/',
  });
  if (result.timedOut) return { ok: false, reason: 'did not answer within 10 s' };
  if (result.failed && result.exitCode === undefined) {
    const code = (result.cause as NodeJS.ErrnoException | undefined)?.code ?? result.signal ?? 'unknown error';
    return { ok: false, reason: code === 'ENOENT' ? 'does not exist' : `could not be run (${code})` };
  }
  const [version = '', usable = '', tls = ''] = (result.stdout ?? '').split(/\r?\n/);
  if (!/^\d+\.\d+\.\d+$/.test(version)) return { ok: false, reason: 'is not MicroPython' };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [, oldest = 0] = OLDEST_ENGINE.split('.').map(Number);
  if (major === 1 && minor < oldest)
    return { ok: false, reason: `is MicroPython ${version}, too old (${OLDEST_ENGINE} or later)` };
  if (usable !== 'usable')
    return { ok: false, reason: `is a MicroPython ${version} without what a board needs (${usable})` };
  return { ok: true, version, tls: await describeTls(JSON.parse(tls) as ProbedTls, tlsPackage) };
}
