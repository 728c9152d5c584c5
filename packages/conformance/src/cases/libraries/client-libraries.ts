import type { CertificateBundle, ProfileName } from '@wirewrap/certgen';
import { py, ReplDriverError } from '@wirewrap/repl-driver';
import type { PeerApplication, TlsServerPeer } from '@wirewrap/tls-lab';
import { installLevel, readLevel } from '../../level/board-level.ts';
import type { CaseBench } from '../conformance-case.ts';
import { raisedBy } from '../failed-program.ts';
import { slopeOf } from '../slope.ts';
import type { ModuleName } from './library-files.ts';
import { withLibrary } from './with-library.ts';

/** A library that connects, by the name that its user imports. */
export interface ClientLibrary {
  /** As in the id of its cases. */
  readonly id: string;
  /** Null for what every firmware has. */
  readonly module: ModuleName | null;
  /** As `driver.py` calls it. */
  readonly use: string;
  /** What its server says, once it has read something. */
  readonly answer: PeerApplication;
  /** Whether it has a time-out, its own or `asyncio.wait_for`. */
  readonly timed: boolean;
}

/** Seconds that a library is given, where it takes a time-out. */
const TIMEOUT_S = 2;

/** Milliseconds after which the board is interrupted: what goes on for so long has no end. */
const PATIENCE_MS = 15_000;

/** Milliseconds that a loaded machine, or the board's own computing, may add. */
const ALLOWANCE_MS = 2_500;

/** Bytes and sockets a connection may leave, by its slope; as the cases of `memory/level`. */
const BOUNDS = { collected: 48, socket: 0.5 } as const;
const WARM_UP = 3;
const READINGS = 10;

interface Asked {
  readonly server: TlsServerPeer;
  readonly bundle: CertificateBundle;
}

const serverOf = async (
  { tls, network, pki }: CaseBench,
  { answer }: ClientLibrary,
  profile: ProfileName,
  faults: readonly ('never-answers' | 'slow-drip' | 'http-answer')[] = [],
): Promise<Asked> => {
  // Who has only the URL checks the name in it, and that is the host's address.
  const probe = await tls.server({});
  const host = network.hostFor(probe.address);
  await probe[Symbol.asyncDispose]();
  const bundle = await pki.certificate(profile, { host });
  return { server: await tls.server({ certificate: bundle, application: answer, faults }), bundle };
};

const place = ({ network }: CaseBench, { address, port }: TlsServerPeer) => [network.hostFor(address), port] as const;

/** Whether a library takes a certificate: as it is used by all, or with a context that asks for one that holds. */
export const presenting =
  (library: ClientLibrary, profile: ProfileName, isVerified: boolean) =>
  async (bench: CaseBench): Promise<unknown> => {
    const { server, bundle } = await serverOf(bench, library, profile);
    await using _closed = server;
    const [host, port] = place(bench, server);
    return await withLibrary(bench, library.module, async () => {
      const anchor = isVerified ? bundle.ca.der : null;
      const call = py`_luse(${library.use}, ${host}, ${port}, ${anchor}, None)`;
      return { answer: await bench.board.evaluate(call, { deadlineMs: PATIENCE_MS * 2 }) };
    });
  };

/** How long a library with a time-out waits for a peer that says nothing, or drips a byte now and then. */
export const timingOut =
  (library: ClientLibrary, fault: 'never-answers' | 'slow-drip') =>
  async (bench: CaseBench): Promise<unknown> => {
    const { server } = await serverOf(bench, library, 'good', [fault]);
    await using _closed = server;
    const [host, port] = place(bench, server);
    return await withLibrary(bench, library.module, async () => {
      const began = bench.clock.now();
      const call = py`_luse(${library.use}, ${host}, ${port}, None, ${TIMEOUT_S})`;
      const asking = bench.board.evaluate(call, { deadlineMs: PATIENCE_MS });
      const end = await asking.then((answer) => ({ answer }), interrupted);
      const tookMs = bench.clock.now() - began;
      return { took: tookMs <= TIMEOUT_S * 1000 + ALLOWANCE_MS ? 'in time' : 'too long', ...(end as object) };
    });
  };

/** What raised, or that the board had to be interrupted. */
function interrupted(error: unknown): unknown {
  if (error instanceof ReplDriverError && error.code === 'DEADLINE') return { end: 'without end' };
  return raisedBy(error);
}

/** Milliseconds for which a peer that is silent may hold up the other tasks of the program before they stand still. */
const STANDSTILL_MS = 1_000;

/** Whether the other tasks of a program stand still while a peer says nothing, and for how long beside one that answers. */
export async function stalling(library: ClientLibrary, bench: CaseBench): Promise<unknown> {
  const answering = await serverOf(bench, library, 'good');
  const silent = await serverOf(bench, library, 'good', ['never-answers']);
  await using _one = answering.server;
  await using _two = silent.server;
  const stall = async (server: TlsServerPeer): Promise<number> => {
    const [host, port] = place(bench, server);
    const call = py`_lstall(${library.use}, ${host}, ${port}, ${TIMEOUT_S})`;
    return await bench.board.evaluate<number>(call, { deadlineMs: PATIENCE_MS });
  };
  // A machine that stands still for a moment holds the tasks up as well: the better of two.
  const better = async (server: TlsServerPeer): Promise<number> => Math.min(await stall(server), await stall(server));
  return await withLibrary(bench, library.module, async () => {
    bench.measure('longest stall of the other tasks, good peer', 'ms', await better(answering.server));
    const worst = await better(silent.server);
    bench.measure('longest stall of the other tasks, silent peer', 'ms', worst);
    return { otherTasks: worst > STANDSTILL_MS ? 'stand still' : 'go on' };
  });
}

/** What ten uses leave behind, of those that go well and of those whose handshake fails. */
export const leaking =
  (library: ClientLibrary, isFailing: boolean) =>
  async (bench: CaseBench): Promise<unknown> => {
    const { server } = await serverOf(bench, library, 'good', isFailing ? ['http-answer'] : []);
    await using _closed = server;
    const [host, port] = place(bench, server);
    return await withLibrary(bench, library.module, async () => {
      await installLevel(bench.board);
      const use = (count: number) =>
        bench.board.exec(py`_lmany(${library.use}, ${host}, ${port}, ${count})`, { deadlineMs: PATIENCE_MS * 4 });
      await use(WARM_UP);
      const heap: number[] = [];
      const sockets: number[] = [];
      for (let n = 0; n < READINGS; n += 1) {
        await use(1);
        const { collected, socket } = await readLevel(bench.board);
        heap.push(-collected);
        if (socket !== null) sockets.push(socket);
      }
      const judged = (values: readonly number[], bound: number): string | null =>
        values.length < READINGS ? null : slopeOf(values) > bound ? 'grows' : 'level';
      return { heap: judged(heap, BOUNDS.collected), sockets: judged(sockets, BOUNDS.socket) };
    });
  };
