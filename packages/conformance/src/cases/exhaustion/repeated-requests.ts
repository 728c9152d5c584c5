import { readFileSync } from 'node:fs';
import type { CertificateBundle } from '@wirewrap/certgen';
import { py } from '@wirewrap/repl-driver';
import type { TlsServerPeer } from '@wirewrap/tls-lab';
import { ignored } from '../../debug.ts';
import { type BoardLevel, installLevel, readLevel } from '../../level/board-level.ts';
import type { Lost } from '../../observation/not-observed.ts';
import type { CaseBench } from '../conformance-case.ts';
import { HOST } from '../handshake-case.ts';
import { tlsMemory } from './tls-memory.ts';

const CLIENT = readFileSync(new URL('./client.py', import.meta.url), 'utf8');

/** A handshake takes up to 3 s on a chip: there a fifth of them is asked. */
const share = ({ can }: CaseBench, count: number): number => (can.hardware ? Math.ceil(count / 5) : count);

/** What the requests of a case may take; a machine that is too slow for them has shown no failure. */
const SECONDS = 200;

/** A connection that is still open when its transcript is due is cut off: none is that slow. */
const DRAIN_MS = 280_000;

type Result = readonly [done: number, error: string | null, before: number, after: number];

/** Reads what the connections left, so that a server of many hundred keeps none of them. */
function drain(server: TlsServerPeer): () => void {
  let open = true;
  void (async () => {
    while (open) await server.nextTranscript({ deadlineMs: DRAIN_MS }).catch(ignored('reading what a connection left'));
  })();
  return () => {
    open = false;
  };
}

/** What the heap below Python's lost: of a chip ESP-IDF's and its largest block, of a virtual board the process (#8940, #14421). */
function measureLevel({ measure }: CaseBench, before: BoardLevel, after: BoardLevel): void {
  if (before.native !== null && after.native !== null)
    measure('native heap lost', 'bytes', before.native - after.native);
  if (before.largest === null || after.largest === null) return;
  measure('largest native block before', 'bytes', before.largest);
  measure('largest native block after', 'bytes', after.largest);
}

/** Requests in a row to one server, or to several in turn: how many go well, and what memory they leave behind. */
async function ask(
  bench: CaseBench,
  bundles: readonly CertificateBundle[],
  { count, verify }: { readonly count: number; readonly verify: boolean },
): Promise<unknown> {
  const { board, network, tls } = bench;
  const servers = await Promise.all(bundles.map((certificate) => tls.server({ certificate })));
  const stops = servers.map(drain);
  try {
    await board.exec(CLIENT);
    const memory = await tlsMemory(bench);
    const counted = 'unavailable' in memory ? null : memory;
    const held = async (): Promise<number> => (counted === null ? 0 : (await counted.held()).now);
    const targets = servers.map(({ address, port }) => [network.hostFor(address), port] as const);
    const anchors = Buffer.concat(bundles.map(({ ca }) => Buffer.from(ca.pem)));
    const args = verify && bench.can.pem ? { cert_reqs: 2, cadata: anchors, server_hostname: HOST } : {};
    // The first request makes what stays: the random generator, tables, strings.
    await board.evaluate(py`_smany(${targets}, ${targets.length}, ${args}, 50)`, { deadlineMs: 60_000 });
    const atFirst = await held();
    await installLevel(board);
    const levelBefore = await readLevel(board);
    const began = bench.clock.now();
    const call = py`_smany(${targets}, ${count}, ${args}, ${SECONDS})`;
    const [done, error, before, after] = await board.evaluate<Result>(call, { deadlineMs: (SECONDS + 40) * 1000 });
    bench.measure('each request', 'ms', Math.round((bench.clock.now() - began) / Math.max(1, done)));
    bench.measure("heap of Python's lost", 'bytes', before - after);
    measureLevel(bench, levelBefore, await readLevel(board));
    if (counted !== null) bench.measure("heap of the TLS library's lost", 'bytes', (await held()) - atFirst);
    if (error === null && done < count) {
      return { lost: 'no answer in time', detail: `${done} of ${count} requests in ${SECONDS} s` } satisfies Lost;
    }
    return { completed: `${done} of ${count}`, ...(error === null ? {} : { firstFailure: error }) };
  } finally {
    for (const stop of stops) stop();
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  }
}

/** micropython#3647: the first of 500 requests that fails. */
export const manyRequests =
  (count: number) =>
  async (bench: CaseBench): Promise<unknown> =>
    await ask(bench, [await bench.pki.certificate('good')], { count: share(bench, count), verify: false });

/** micropython#16650: two servers with other chains in turn, A B A B, both of them validated. */
export async function twoServersInTurn(bench: CaseBench): Promise<unknown> {
  const bundles = [
    await bench.pki.certificate('with-intermediate'),
    await bench.pki.certificate('good', { key: 'rsa-2048' }),
  ];
  return await ask(bench, bundles, { count: share(bench, 20), verify: true });
}

/** Sessions at the same time: more than an ESP32's lwIP has sockets for. */
const SESSIONS = 8;

interface Parallel {
  /** Bytes that each session reads: one record. */
  readonly size: number;
  /** Every session holds its record before one of them is read to the end. */
  readonly atOnce: boolean;
}

/** esp-idf#19107: sessions at the same time, each of which reads a record of 4 to 13 KB. */
export const parallelSessions =
  ({ size, atOnce }: Parallel) =>
  async (bench: CaseBench): Promise<unknown> => {
    const { board, network, tls, pki } = bench;
    await using server = await tls.server({
      certificate: await pki.certificate('good'),
      application: { respond: Buffer.alloc(size, 0x61), when: 'go\n' },
    });
    await board.exec(CLIENT);
    const memory = await tlsMemory(bench);
    if (!('unavailable' in memory)) await memory.fail(0, 0);
    const call = py`_sparallel(${network.hostFor(server.address)}, ${server.port}, ${SESSIONS}, ${size}, ${atOnce})`;
    const [open, error, bytes] = await board.evaluate<[number, string | null, number]>(call, { deadlineMs: 60_000 });
    if (!('unavailable' in memory)) bench.measure('most that the sessions held', 'bytes', (await memory.held()).most);
    bench.measure('sessions at a time', 'count', open);
    return {
      sessions: `${open} of ${SESSIONS}`,
      allRead: bytes === open * size,
      ...(error === null ? {} : { firstFailure: error }),
    };
  };
