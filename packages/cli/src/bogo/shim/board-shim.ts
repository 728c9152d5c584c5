import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type BoardEndpoint, type BoardNetwork, type BoardOutcome, formatBoardError } from '@wirewrap/tls-lab';
import { readShimFlags, type ShimAbilities } from './shim-flags.ts';
import { shimRun } from './shim-run.ts';

/** How a case ended for the board. BoGo's exit codes: 0 went well, 1 failed, 89 not implemented. */
export interface ShimResult {
  /** The board's role. */
  readonly role: 'client' | 'server';
  readonly exitCode: 0 | 1 | 89;
  /** What failed, one line: BoGo compares it with the error that it expects. Empty when nothing did. */
  readonly stderr: string;
  /** Why the case was not given to the board, or what says nothing about its TLS; null otherwise. */
  readonly note: { readonly kind: 'unimplemented' | 'lost'; readonly reason: string } | null;
}

export interface BoardShimOptions {
  readonly endpoint: BoardEndpoint;
  readonly network: BoardNetwork;
  readonly can: ShimAbilities;
  /** Milliseconds until the board gives up on a peer that does not end. */
  readonly patienceMs: number;
}

/** BoringSSL's shim on a board: one board session serves all cases, each of which dials the runner through this host. */
export class BoardShim {
  readonly #options: BoardShimOptions;

  constructor(options: BoardShimOptions) {
    this.#options = options;
  }

  async run(flags: readonly string[]): Promise<ShimResult> {
    const { endpoint, network, can, patienceMs } = this.#options;
    const task = readShimFlags(flags, can);
    const role = flags.includes('-server') ? 'server' : 'client';
    if ('flag' in task) {
      const reason = `${task.flag}: ${task.reason}`;
      return { role, exitCode: 89, stderr: '', note: { kind: 'unimplemented', reason } };
    }
    await endpoint.ready();
    await using relay = await relayTo(task.port, network.listenAddress);
    const outcome = await endpoint.connect(network.hostAddress, relay.port, await shimRun(task, patienceMs));
    return { role, ...resultOf(outcome) };
  }
}

function resultOf(outcome: BoardOutcome): Omit<ShimResult, 'role'> {
  if (outcome.crash !== null) {
    const reason = `the board reset in ${outcome.crashedIn ?? 'the case'}: ${outcome.crash}`;
    return { exitCode: 1, stderr: `${reason}\n`, note: { kind: 'lost', reason } };
  }
  if (outcome.error !== null) return { exitCode: 1, stderr: `${formatBoardError(outcome.error)}\n`, note: null };
  const endless = outcome.steps.find(({ value }) => value === 'no end');
  if (endless) return { exitCode: 1, stderr: 'The peer did not end the connection in time\n', note: null };
  return { exitCode: 0, stderr: '', note: null };
}

/** The runner listens on this host's IPv6 loopback address only, and a board is elsewhere. */
async function relayTo(runnerPort: number, address: string): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // A reset on one side is an end for the other: which it was, both ends of the case know themselves.
    return socket.setNoDelay(true).on('error', () => {});
  };
  const server: Server = createServer({ allowHalfOpen: true }, (board) => {
    const runner = connect({ port: runnerPort, host: '::1', allowHalfOpen: true });
    keep(board).pipe(keep(runner)).pipe(board);
    board.on('close', () => runner.end());
    runner.on('close', () => board.end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroySoon();
      await closed;
    },
  };
}
