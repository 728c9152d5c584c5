import { readFileSync } from 'node:fs';
import type { CertificateBundle } from '@wirewrap/certgen';
import { type PythonSource, py } from '@wirewrap/repl-driver';
import { connectTlsClient } from '@wirewrap/tls-lab';
import { ignored, instead } from '../../debug.ts';
import type { CaseBench } from '../conformance-case.ts';
import { noteReached, outOfReach } from '../reach.ts';
import { type Siege, SiegePeers } from './junk-peers.ts';

/** Peers that lay siege: as many as an ESP32's lwIP has sockets for, less two. */
const PEERS = 8;

/** Milliseconds that the peer behind the siege waits for its answer. */
const PATIENCE_MS = 8_000;

const programOf = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Starts a program that listens on the board; `act` has its address, and the program's last line is its value. */
async function whileListening<T>(
  { board }: CaseBench,
  call: PythonSource,
  act: () => Promise<T>,
): Promise<{ readonly acted: T; readonly printed: string }> {
  await using stream = await board.stream(py`print(${call})`, { deadlineMs: 60_000 });
  stream.finished.catch(ignored('the program of the besieged server'));
  await stream.waitFor('listening', { deadlineMs: 15_000 });
  const acted = await act();
  return { acted, printed: (await stream.finished).trim().split('\n').at(-1) ?? '' };
}

/** Whether a careful client is served, and after how many milliseconds. */
async function askOnce(at: Place, now: () => number): Promise<number | null> {
  const began = now();
  try {
    await using client = await connectTlsClient(at.host, at.port, {
      application: { send: 'ping\n', afterwards: 'close-after-answer' },
    });
    const { received } = await client.transcript({ deadlineMs: PATIENCE_MS });
    return Buffer.from(received).toString('latin1') === 'ping\n' ? now() - began : null;
  } catch (error) {
    return instead(null, 'asking the besieged server')(error);
  }
}

interface Ready {
  readonly place: Place;
  readonly bind: { readonly address: string; readonly port: number };
  readonly bundle: CertificateBundle;
}

async function prepare(bench: CaseBench, program: string): Promise<Ready> {
  const { board, network, pki } = bench;
  const port = await network.boardPort();
  await board.exec(programOf(program));
  return {
    place: network.boardAt(port),
    bind: { address: network.bindAddress, port },
    bundle: await pki.certificate('good'),
  };
}

/** Which of the junk peers' connections end: at the error, at close(), when the object is collected (micropython#19630). */
export async function junkLeavesSockets(bench: CaseBench): Promise<unknown> {
  const unreached = outOfReach(bench);
  if (unreached !== null) return unreached;
  const { place, bind, bundle } = await prepare(bench, 'server.py');
  await using peers = new SiegePeers();
  const call = py`_sjunk(${bind.address}, ${bind.port}, ${PEERS}, ${bundle.key.der}, ${bundle.leaf.der})`;
  const { printed } = await whileListening(bench, call, () => peers.lay('junk', PEERS, place));
  noteReached(bench);
  const afterError = await peers.closed(500);
  await bench.board.exec('_sclose()');
  const afterClose = await peers.closed(500);
  await bench.board.exec('_sdrop()');
  const afterCollect = await peers.closed(500);
  return {
    peers: PEERS,
    failed: Number(printed),
    closedAtError: afterError,
    closedByClose: afterClose,
    closedByCollect: afterCollect,
  };
}

/** Whether the next peer is served while others lay siege to a server that takes one peer after the other. */
export const oneByOne =
  (siege: Siege, timeout: number | null) =>
  async (bench: CaseBench): Promise<unknown> => {
    const { place, bind, bundle } = await prepare(bench, 'server.py');
    const call = py`_sserve(${bind.address}, ${bind.port}, 12, ${timeout}, ${bundle.key.der}, ${bundle.leaf.der})`;
    return await besiege(bench, call, siege, place);
  };

/** The same with `asyncio.start_server(ssl=…)`. */
export const withAsyncio =
  (siege: Siege) =>
  async (bench: CaseBench): Promise<unknown> => {
    const { place, bind, bundle } = await prepare(bench, 'asyncio_server.py');
    const call = py`_sasyncio(${bind.address}, ${bind.port}, 12, ${bundle.key.der}, ${bundle.leaf.der})`;
    return await besiege(bench, call, siege, place);
  };

async function besiege(bench: CaseBench, call: PythonSource, siege: Siege, place: Place): Promise<unknown> {
  const unreached = outOfReach(bench);
  if (unreached !== null) return unreached;
  await using peers = new SiegePeers();
  const { acted, printed } = await whileListening(bench, call, async () => {
    const before = await askOnce(place, bench.clock.now);
    await peers.lay(siege, PEERS, place);
    const after = await askOnce(place, bench.clock.now);
    const closed = await peers.closed(siege === 'junk' ? 1_000 : 0);
    // A server that waits for one of them would not come to its end.
    peers.cutOff();
    return { before, after, closed };
  });
  const { before, after, closed } = acted;
  if (before !== null) bench.measure('answer before the siege', 'ms', before);
  if (after !== null) bench.measure('answer under siege', 'ms', after);
  bench.measure('siege connections that the board closed', 'count', closed);
  const stall = Number(printed);
  if (Number.isFinite(stall)) bench.measure('longest stall of the other tasks', 'ms', stall);
  // Who only waits has done nothing for which a server closes.
  const junk = siege === 'junk' ? { junkClosed: closed === 0 ? 'none' : closed === PEERS ? 'all' : 'some' } : {};
  return { servedBefore: before !== null, served: after !== null, ...junk };
}
