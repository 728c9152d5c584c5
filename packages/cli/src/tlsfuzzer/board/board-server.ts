import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CertificateBundle } from '@wirewrap/certgen';
import {
  type BoardEndpoint,
  type BoardNetwork,
  type BoardOutcome,
  type BoardRun,
  CERT_OPTIONAL,
} from '@wirewrap/tls-lab';
import { ignored } from '../../debug.ts';
import { CliError } from '../../errors.ts';
import { answering } from './answering.ts';
import { Turns } from './turns.ts';

/** A reset on one side is an end for the other: which it was, both ends of the conversation know themselves. */
const reset = ignored('a connection of tlsfuzzer');

const PROGRAM = readFileSync(new URL('./answer-program.py', import.meta.url), 'utf8');

/** For Ctrl-C, a reset, the program and the network again. */
const RECOVERY_MS = 120_000;

export interface BoardServerOptions {
  readonly endpoint: BoardEndpoint;
  readonly network: BoardNetwork;
  readonly certificate: CertificateBundle;
  /** Asks the peer for a certificate and takes any. */
  readonly asksForCertificate: boolean;
  /** Milliseconds until the board gives up on a peer that does not end. */
  readonly patienceMs: number;
  /** Milliseconds beyond `patienceMs` until the board is taken for gone (default: 120 000). */
  readonly recoveryMs?: number;
}

/** What came of a connection. */
export interface ServedConnection {
  readonly outcome: BoardOutcome;
  /** It came before the board was back from a reset: tlsfuzzer may not have waited so long. */
  readonly cameEarly: boolean;
}

/** The board as TLS server behind a port of this host, until it is disposed of. */
export interface BoardServer extends AsyncDisposable {
  readonly port: number;
  /** What the board made of the connection that came from this port; it waits for its end. Rejects when the board is gone. */
  outcomeOf(remotePort: number): Promise<ServedConnection> | undefined;
}

/** Serves one connection after the other on one board session: the next one waits in this host until the board has ended the one before. */
export async function startBoardServer(options: BoardServerOptions): Promise<BoardServer> {
  const outcomes = new Map<number, Promise<ServedConnection>>();
  const sockets = new Set<Socket>();
  const turns = new Turns();
  let last: Promise<unknown> = Promise.resolve();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (peer) => {
    sockets.add(peer.setNoDelay(true).on('error', reset));
    const turn = turns.arrive();
    const outcome = last.then(async (): Promise<ServedConnection> => {
      const served = await serveOne(options, peer, sockets, () => turns.listens());
      turns.end(turn, served);
      return { outcome: served, cameEarly: turn.early };
    });
    // A board that is gone is gone for those who wait, too.
    last = outcome.finally(() => peer.destroySoon());
    last.catch(ignored('the connection before'));
    outcomes.set(peer.remotePort ?? 0, outcome);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    outcomeOf: (remotePort) => outcomes.get(remotePort),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroySoon();
      await last.catch(ignored('the last connection'));
      await closed;
    },
  };
}

async function serveOne(
  options: BoardServerOptions,
  peer: Socket,
  sockets: Set<Socket>,
  onListening: () => void,
): Promise<BoardOutcome> {
  const { endpoint, network, patienceMs, recoveryMs = RECOVERY_MS } = options;
  const port = await network.boardPort();
  try {
    const served = endpoint.serve(port, runOf(options), () => {
      onListening();
      const board = connect({ ...network.boardAt(port), allowHalfOpen: true });
      sockets.add(board.setNoDelay(true).on('error', reset));
      peer.pipe(board).pipe(peer);
      board.on('close', () => {
        sockets.delete(board);
        peer.end();
      });
      // A peer that did not wait for its turn is gone already.
      if (peer.destroyed) board.destroySoon();
      else peer.on('close', () => board.end());
    });
    return await answering(orGone(served, patienceMs + recoveryMs));
  } finally {
    peer.end();
    sockets.delete(peer);
  }
}

/** What the board made of a connection; a board that does not tell, not even after all ways to recover it, ends the run. */
async function orGone(served: Promise<BoardOutcome>, afterMs: number): Promise<BoardOutcome> {
  const inTime = new AbortController();
  const late = sleep(afterMs, undefined, { signal: inTime.signal }).then((): never => {
    throw new CliError(
      'HOST',
      `The board did not end a connection of tlsfuzzer within ${afterMs / 1_000} s, nor after Ctrl-C; reset it and run the rest with --case.`,
    );
  });
  late.catch(ignored('a wait that is over'));
  try {
    return await Promise.race([served, late]);
  } finally {
    inTime.abort();
  }
}

function runOf({ certificate, asksForCertificate, patienceMs }: BoardServerOptions): BoardRun {
  return {
    certificate,
    args: { server_side: true, ...(asksForCertificate ? { cert_reqs: CERT_OPTIONAL } : {}) },
    steps: [{ do: 'python', name: 'answer', source: PROGRAM }, { do: 'close' }],
    stopOnError: true,
    deadlineMs: patienceMs,
  };
}
