import type { Board } from '@wirewrap/repl-driver';
import type { TlsVersion } from '@wirewrap/tls-lab';
import type { Lost, Unavailable } from '../observation/not-observed.ts';
import type { CaseBench } from './conformance-case.ts';

const known = new WeakMap<Board, readonly string[]>();

/** The versions that the board offers as client, newest first: read off one ClientHello a session. Null: it sent none. */
export async function offeredVersions({ board, tls, pki }: CaseBench): Promise<readonly string[] | null> {
  const found = known.get(board);
  if (found !== undefined) return found;
  const { wire } = await tls.connect({ certificate: await pki.certificate('good') }, { steps: [] });
  const versions = wire?.clientHello?.versions ?? null;
  if (versions !== null) known.set(board, versions);
  return versions;
}

/** Why a case that needs this version cannot be posed to the board, or null. No module says it: the wire does. */
export function needsVersion(version: TlsVersion): (bench: CaseBench) => Promise<Unavailable | Lost | null> {
  return async (bench) => {
    const versions = await offeredVersions(bench);
    if (versions === null) return { lost: 'the board sent no ClientHello' };
    return versions.includes(version) ? null : { unavailable: `the firmware offers no ${version}` };
  };
}
