import { readFileSync } from 'node:fs';
import type { CertificateBundle } from '@wirewrap/certgen';
import { py } from '@wirewrap/repl-driver';
import type { TlsServerPeer } from '@wirewrap/tls-lab';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';
import { tlsMemory } from '../exhaustion/tls-memory.ts';
import { HOST } from '../handshake-case.ts';
import { needs } from '../needs.ts';

const PROGRAM = readFileSync(new URL('./rotating.py', import.meta.url), 'utf8');

const BROKEN_BLOCK = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

/** Two authorities with a server each, and one context on the board that is asked about both. */
class Rotation implements AsyncDisposable {
  readonly #bench: CaseBench;
  readonly #servers: readonly TlsServerPeer[];
  readonly bundles: readonly [CertificateBundle, CertificateBundle];

  private constructor(
    bench: CaseBench,
    bundles: readonly [CertificateBundle, CertificateBundle],
    servers: readonly TlsServerPeer[],
  ) {
    this.#bench = bench;
    this.bundles = bundles;
    this.#servers = servers;
  }

  static async begin(bench: CaseBench): Promise<Rotation> {
    const bundles = [
      await bench.pki.certificate('good'),
      await bench.pki.certificate('good', { key: 'rsa-2048' }),
    ] as const;
    const servers = [];
    for (const certificate of bundles) servers.push(await bench.tls.server({ certificate }));
    await bench.board.exec(PROGRAM);
    await bench.board.evaluate('_rnew()');
    return new Rotation(bench, bundles, servers);
  }

  root(which: 0 | 1): string {
    return this.bundles[which].ca.pem;
  }

  async load(pem: string): Promise<string | null> {
    return await this.#bench.board.evaluate<string | null>(py`_rload(${Buffer.from(pem)})`);
  }

  async ask(which: 0 | 1): Promise<string> {
    const server = this.#servers[which] as TlsServerPeer;
    const call = py`_rask(${this.#bench.network.hostFor(server.address)}, ${server.port}, ${HOST})`;
    const answer = await this.#bench.board.evaluate<string>(call, { deadlineMs: 30_000 });
    await server.nextTranscript({ deadlineMs: 5_000 });
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) await server[Symbol.asyncDispose]();
  }
}

/** A root comes, the old one is to go: whether a context can take the new one, and whether it lets the old one go. */
async function comesAndGoes(bench: CaseBench): Promise<unknown> {
  await using rotation = await Rotation.begin(bench);
  const loaded = await rotation.load(rotation.root(0));
  const before = { old: await rotation.ask(0), new: await rotation.ask(1) };
  const again = await rotation.load(rotation.root(1));
  const after = { old: await rotation.ask(0), new: await rotation.ask(1) };
  await bench.board.evaluate('_rnew()');
  await rotation.load(rotation.root(1));
  const fresh = { old: await rotation.ask(0), new: await rotation.ask(1) };
  return { loaded: [loaded, again], before, after, freshContext: fresh };
}

/** A bundle with a broken block is refused: whether what stood before the block is trusted all the same. */
async function refusedBundle(bench: CaseBench): Promise<unknown> {
  await using rotation = await Rotation.begin(bench);
  const refused = await rotation.load(rotation.root(0) + BROKEN_BLOCK);
  const afterRefusal = await rotation.ask(0);
  const other = await rotation.load(rotation.root(1));
  return { refused, afterRefusal, other, afterAnother: await rotation.ask(0) };
}

/** The same two roots again and again, as a device does that fetches its bundle each night. */
async function memoryOfRotations(bench: CaseBench): Promise<unknown> {
  const rounds = 20;
  await using rotation = await Rotation.begin(bench);
  const memory = await tlsMemory(bench);
  const held = async (): Promise<number | null> => ('unavailable' in memory ? null : (await memory.held()).now);
  await rotation.load(rotation.root(0));
  const [python, library] = [await bench.board.evaluate<number>('_rfree()'), await held()];
  for (let round = 0; round < rounds; round += 1) await rotation.load(rotation.root(round % 2 === 0 ? 1 : 0));
  const after = await held();
  bench.measure(
    "heap of Python's kept by each load",
    'bytes',
    (python - (await bench.board.evaluate<number>('_rfree()'))) / rounds,
  );
  if (library !== null && after !== null) {
    bench.measure("heap of the TLS library's kept by each load", 'bytes', (after - library) / rounds);
  }
  return { old: await rotation.ask(0), new: await rotation.ask(1) };
}

const RUNS: Readonly<Record<string, ConformanceCase['run']>> = {
  'comes-and-goes': comesAndGoes,
  'refused-bundle': refusedBundle,
  'twenty-times': memoryOfRotations,
};

/** Trust anchors that change while a context lives. Role client. */
export const ROTATING_ROOTS_CASES: readonly ConformanceCase[] = Object.entries(RUNS).map(([name, run]) => ({
  id: `newest/client/roots/${name}`,
  budgetMs: 120_000,
  unavailable: (can) => needs('context')(can) ?? (can.pem ? null : 'PEM is not read'),
  run,
}));
