import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForeignRole } from '@wirewrap/conformance';

/** One test of MicroPython's, with the part of it that the board takes. */
export interface UpstreamTest {
  /** `extmod/ssl_basic`; of a test between two boards `multi_net/ssl_cert_ec/server`. */
  readonly id: string;
  readonly path: string;
  readonly role: ForeignRole;
  /** Which of its instances the board is; null: the test needs one board only. */
  readonly instance: 0 | 1 | null;
}

/** The tests of TLS, by their names. */
const OF_TLS = /(ssl|tls).*\.py$/;

/** Instance 0 listens in all of them, and instance 1 dials. */
const INSTANCES = [
  { role: 'server', instance: 0 },
  { role: 'client', instance: 1 },
] as const;

/** The tests of TLS in MicroPython's folder `tests`, by id. */
export async function listTests(tests: string): Promise<UpstreamTest[]> {
  const named = async (folder: string) => (await readdir(join(tests, folder))).filter((name) => OF_TLS.test(name));
  const [alone, between] = await Promise.all([named('extmod'), named('multi_net')]);
  const idOf = (folder: string, name: string) => `${folder}/${name.slice(0, -'.py'.length)}`;
  return [
    ...alone.map(
      (name): UpstreamTest => ({
        id: idOf('extmod', name),
        path: join(tests, 'extmod', name),
        role: 'module',
        instance: null,
      }),
    ),
    ...between.flatMap((name) =>
      INSTANCES.map(
        ({ role, instance }): UpstreamTest => ({
          id: `${idOf('multi_net', name)}/${role}`,
          path: join(tests, 'multi_net', name),
          role,
          instance,
        }),
      ),
    ),
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The certificates and keys that the tests between two boards read from their folder, by name. */
export async function testFiles(tests: string): Promise<Record<string, Uint8Array>> {
  const folder = join(tests, 'multi_net');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.der'));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))])));
}
