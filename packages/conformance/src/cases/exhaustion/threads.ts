import { readFileSync } from 'node:fs';
import { py, ReplDriverError } from '@wirewrap/repl-driver';
import type { TlsServerPeer } from '@wirewrap/tls-lab';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';

const CLIENT = readFileSync(new URL('./client.py', import.meta.url), 'utf8');
const PROGRAM = readFileSync(new URL('./threads.py', import.meta.url), 'utf8');

/** Seconds after which a thread that has not ended never will: each socket in it has a time-out of 5 s and less. */
const BOUND = 40;

/** Bytes of stack that a handshake needs on a chip; its threads have 5 KB of their own. */
const STACK = 16_384;

type Job = readonly ['client' | 'server', readonly unknown[]];

interface Threads {
  readonly jobs: (
    bench: CaseBench,
    servers: readonly [good: TlsServerPeer, silent: TlsServerPeer],
  ) => Promise<readonly Job[]>;
  /** Bytes; 0 for what the firmware gives. */
  readonly stack: number;
}

const client = ({ network }: CaseBench, server: TlsServerPeer, timeout: number, count: number): Job => [
  'client',
  [network.hostFor(server.address), server.port, timeout, count],
];

const twoClients: Threads['jobs'] = async (bench, [good]) => [client(bench, good, 5, 5), client(bench, good, 5, 5)];

const ROWS: Readonly<Record<string, Threads>> = {
  'two-clients': { stack: STACK, jobs: twoClients },
  'two-clients-usual-stack': { stack: 0, jobs: twoClients },
  'one-times-out': {
    stack: STACK,
    jobs: async (bench, [good, silent]) => [client(bench, good, 5, 5), client(bench, silent, 2, 2)],
  },
  // Each waits for the other: a thread that keeps the interpreter while it waits stops both.
  'client-and-server': {
    stack: STACK,
    jobs: async ({ network, pki }) => {
      const { key, leaf } = await pki.certificate('good');
      const port = await network.boardPort();
      return [
        ['server', ['127.0.0.1', port, 5, 3, key.der, leaf.der]],
        ['client', ['127.0.0.1', port, 5, 3]],
      ];
    },
  },
};

const HAS_THREADS = 'try:\n    import _thread\n    _twhether = True\nexcept ImportError:\n    _twhether = False';

async function runThreads(bench: CaseBench, { jobs, stack }: Threads): Promise<unknown> {
  const { board, tls, pki } = bench;
  await board.exec(HAS_THREADS);
  if (!(await board.evaluate<boolean>('_twhether'))) return { unavailable: 'no _thread' };
  const certificate = await pki.certificate('good');
  await using good = await tls.server({ certificate });
  await using silent = await tls.server({ certificate, faults: ['never-answers'] });
  await board.exec(CLIENT);
  await board.exec(PROGRAM);
  const asked = await jobs(bench, [good, silent]);
  const began = bench.clock.now();
  const call = py`_trun(${asked}, ${stack}, ${BOUND})`;
  const said = await board.evaluate<(readonly string[] | null)[]>(call, { deadlineMs: (BOUND + 20) * 1000 });
  bench.measure('until both threads had ended', 'ms', bench.clock.now() - began);
  // A thread that never ends holds its socket, and perhaps a lock: nothing more can be asked of this interpreter.
  if (said.includes(null)) await board.reset('soft');
  return { threads: said.map((each) => each ?? 'has not ended') };
}

/** The whole board stood still: not even the thread that only looks on had its turn. */
async function orStandstill(run: Promise<unknown>): Promise<unknown> {
  try {
    return await run;
  } catch (error) {
    if (error instanceof ReplDriverError && error.code === 'DEADLINE')
      return { threads: 'the whole board stands still' };
    throw error;
  }
}

/** Two threads with time-outs, a handshake in each. A deadlock is told by a bound of the board's own. */
export const THREAD_CASES: readonly ConformanceCase[] = Object.entries(ROWS).map(([name, row]) => ({
  id: `exhaustion/threads/${name}`,
  budgetMs: 180_000,
  run: (bench) => orStandstill(runThreads(bench, row)),
}));
