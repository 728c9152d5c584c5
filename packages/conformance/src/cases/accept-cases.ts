import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PythonSource, py } from '@wirewrap/repl-driver';
import { PROLOGUE } from './board-expression.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { raisedBy } from './failed-program.ts';
import { reachingBoard } from './reach.ts';

/** Milliseconds that the host lets a board wait for its connection. */
const LATE_MS = 300;

/** Milliseconds for the program on the board, and for the connection of the host. */
const PROGRAM_MS = 15_000;

/** On the board. A listening socket as every server has it before TLS; its outcome is left in `_wwgot`. */
const PROGRAM = `${PROLOGUE}
import socket, time
try:
    import select
except ImportError:
    import uselect as select
_wwgot = None

def _wwlisten(address, port):
    l = socket.socket()
    l.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    l.bind(socket.getaddrinfo(address, port)[0][-1])
    l.listen(1)
    return l

def _wwblocks(address, port):
    global _wwgot
    l = _wwlisten(address, port)
    try:
        t = time.ticks_ms()
        print('listening')
        l.accept()[0].close()
        _wwgot = {'waits': time.ticks_diff(time.ticks_ms(), t) >= ${LATE_MS - 50}}
    finally:
        l.close()

def _wwpolls(address, port):
    global _wwgot
    l = _wwlisten(address, port)
    try:
        p = select.poll()
        p.register(l, select.POLLIN)
        before = [e[1] == select.POLLIN for e in p.poll(50)]
        print('listening')
        after = [e[1] == select.POLLIN for e in p.poll(10000)]
        l.setblocking(False)
        l.accept()[0].close()
        _wwgot = {'before': before, 'after': after}
    finally:
        l.close()

def _wwnonblocking(address, port):
    l = _wwlisten(address, port)
    try:
        l.setblocking(False)
        l.accept()[0].close()
    finally:
        l.close()
`;

/** Connects to the board and says nothing. */
async function knock({ network }: CaseBench, boardPort: number): Promise<void> {
  const at = network.boardAt(boardPort);
  const socket = connect({ host: at.host, port: at.port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PROGRAM_MS) });
  } finally {
    socket.destroy();
  }
}

/** Runs a server that waits for one connection, which comes late. */
async function waiting(bench: CaseBench, call: (address: string, port: number) => PythonSource): Promise<unknown> {
  const { board, network } = bench;
  await board.exec(PROGRAM);
  await network.join(board);
  const port = await network.boardPort();
  await using stream = await board.stream(call(network.bindAddress, port), { deadlineMs: PROGRAM_MS });
  const finished = stream.finished.then(() => null, raisedBy);
  const listens = await Promise.race([stream.waitFor('listening').then(() => true), finished.then(() => false)]);
  if (listens) {
    await sleep(LATE_MS);
    await knock(bench, port);
  }
  return (await finished) ?? (await board.evaluate('_wwgot'));
}

/** Without a client; the number of EAGAIN is the port's. */
async function nonBlocking({ board, network }: CaseBench): Promise<unknown> {
  await board.exec(PROGRAM);
  await network.join(board);
  try {
    await board.exec(py`_wwnonblocking(${network.bindAddress}, ${await network.boardPort()})`);
    return { gives: 'a connection' };
  } catch (error) {
    const value = raisedBy(error) as { raises?: { type: string; name?: string } };
    return value.raises === undefined
      ? value
      : { raises: { type: value.raises.type, name: value.raises.name ?? null } };
  }
}

/** What a server does before it wraps anything: it waits for a client. */
export const ACCEPT_CASES: readonly ConformanceCase[] = [
  {
    id: 'server/accept/blocks',
    run: (bench) => reachingBoard(bench, () => waiting(bench, (address, port) => py`_wwblocks(${address}, ${port})`)),
  },
  {
    id: 'server/accept/poll',
    run: (bench) => reachingBoard(bench, () => waiting(bench, (address, port) => py`_wwpolls(${address}, ${port})`)),
  },
  { id: 'server/accept/non-blocking', run: nonBlocking },
];
