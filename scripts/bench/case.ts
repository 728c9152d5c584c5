import { createPki } from '@wirewrap/certgen';
import { median } from '@wirewrap/conformance';
import { type Board, openBoard, py } from '@wirewrap/repl-driver';
import { BoardNetwork, createBoardEndpoint, createTlsLab, type TlsServerPeer } from '@wirewrap/tls-lab';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { readOptions } from '../options.ts';
import { writeJson } from '../write-json.ts';

/** Bit/s of the line; 0 is unlimited. */
const bauds = [0, 115_200];

interface Row {
  readonly board: string;
  /** The board alone: a loop of its own that connects, wraps, writes, reads and closes. */
  readonly bareMs: number;
  /** The same connection as a case of the harness, the transcript and both ends' outcome included. */
  readonly caseMs: number;
  readonly ratio: number;
  /** Milliseconds that the bytes below need on the line (10 bits each). */
  readonly lineMs: number;
  /** What is left: the harness itself. */
  readonly beyondMs: number;
  /** Bytes that the host sends over the line for one case. */
  readonly hostBytes: number;
  readonly boardBytes: number;
}

/** `pnpm bench case [--rounds N] [--json FILE]`: what a case costs beyond the bare connection, medians of N rounds. */
export async function run(args: readonly string[]): Promise<void> {
  const options = await readOptions(args, {
    rounds: { kind: 'number', least: 1, most: 1_000_000 },
    json: { kind: 'output' },
  });
  const rounds = options.number('rounds') ?? 50;
  const rows: Row[] = [];
  for (const baud of bauds) rows.push(await measure(baud, rounds));
  console.table(rows);
  const file = options.text('json');
  await writeJson(file, rows);
}

async function measure(baud: number, rounds: number): Promise<Row> {
  await using device = await startVirtualBoard({ baudRate: baud });
  await using board = await openBoard(device.path);
  const network = new BoardNetwork();
  await using lab = createTlsLab({ board, network, pki: createPki(), endpoint: createBoardEndpoint(board, network) });
  await using server = await lab.server();
  await lab.connect(server);
  const sent = { host: 0, board: 0 };
  const stop = board.onTraffic(({ direction, bytes }) => {
    sent[direction] += bytes.length;
  });
  const times: number[] = [];
  const bareTimes: number[] = [];
  await board.exec(bareLoop);
  for (let round = 0; round < rounds; round++) {
    bareTimes.push(await bare(board, server));
    sent.host = sent.board = 0;
    const start = performance.now();
    const { board: outcome } = await lab.connect(server);
    times.push(performance.now() - start);
    if (!outcome.completed) throw new Error(`A case did not complete: ${JSON.stringify(outcome.error)}`);
  }
  stop();
  const bareMs = median(bareTimes);
  const caseMs = median(times);
  const lineMs = baud === 0 ? 0 : ((sent.host + sent.board) * 10_000) / baud;
  return {
    board: baud === 0 ? 'virtual' : `virtual?baud=${baud}`,
    bareMs: rounded(bareMs),
    caseMs: rounded(caseMs),
    ratio: rounded(caseMs / bareMs),
    lineMs: rounded(lineMs),
    beyondMs: rounded(caseMs - bareMs - lineMs),
    hostBytes: sent.host,
    boardBytes: sent.board,
  };
}

/** What a user would write, with the socket options of a case. */
const bareLoop = py`
  import gc, socket, ssl, time

  def connect(host, port):
      gc.collect()
      started = time.ticks_us()
      sock = socket.socket()
      sock.connect(socket.getaddrinfo(host, port)[0][-1])
      sock.setsockopt(6, 1, 1)
      wrapped = ssl.wrap_socket(sock)
      wrapped.write(b'ping\n')
      wrapped.readline()
      wrapped.close()
      return time.ticks_diff(time.ticks_us(), started)
`;

/** Milliseconds of one connection on the board's own clock: neither the line nor the host's work is in it. */
async function bare(board: Board, server: TlsServerPeer): Promise<number> {
  const microseconds = await board.call<number>('connect', [server.address, server.port]);
  await server.nextTranscript();
  return microseconds / 1000;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
