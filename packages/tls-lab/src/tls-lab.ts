import { setTimeout as sleep } from 'node:timers/promises';
import type { CertificateBundle, Pki } from '@wirewrap/certgen';
import type { Board } from '@wirewrap/repl-driver';
import type { TlsClientOptions, TlsClientPeer, TlsServerOptions, TlsServerPeer } from './behaviour/tls-peer.ts';
import type { BoardEndpoint, BoardRun } from './board/board-endpoint.ts';
import { createBoardEndpoint } from './board/create-board-endpoint.ts';
import { requireRun } from './board/run-options.ts';
import { requireClientEngine } from './engines/choose-engine.ts';
import type { Handshake } from './handshake.ts';
import type { BoardNetwork } from './network/board-network.ts';
import { requireClientOptions, requireServerOptions } from './peer/peer-options.ts';
import { connectTlsClient } from './peer/tls-client.ts';
import { startTlsServer } from './peer/tls-server.ts';
import { TlsLabError } from './tls-lab-error.ts';
import type { Transcript } from './transcript/transcript.ts';

/** What `TlsLab.server` takes: as `TlsServerOptions`, with the certificate defaulting to the profile `good`. */
export type LabServerOptions = Omit<TlsServerOptions, 'certificate'> & { readonly certificate?: CertificateBundle };

/** Runs one connection at a time between one board and this host. The fixture `tls` of @wirewrap/matchers. */
export interface TlsLab extends AsyncDisposable {
  /** Starts a server on the host; it is closed with the lab. It binds to the network's listen address by default. */
  server(options?: LabServerOptions): Promise<TlsServerPeer>;
  /** The board connects to the server as TLS client. Options instead of a server start one for this connection. */
  connect(server: TlsServerPeer | LabServerOptions, run?: BoardRun): Promise<Handshake>;
  /** The board listens as TLS server and the host connects to it. Without any argument the board presents `good`. */
  serve(run?: BoardRun, client?: TlsClientOptions): Promise<Handshake>;
  /** Every handshake of this lab so far, oldest first. */
  readonly handshakes: readonly Handshake[];
}

/** Board, network and certificates of a lab. */
export interface TlsLabOptions {
  readonly board: Board;
  readonly network: BoardNetwork;
  /** Where the default certificates come from. Without it a certificate must be named. */
  readonly pki?: Pki;
  /** One endpoint for many labs on the same session, so that its program is sent once. */
  readonly endpoint?: BoardEndpoint;
  /** Called with every handshake when it is over. */
  readonly onHandshake?: (handshake: Handshake) => void;
}

/** Milliseconds that the wire may need to close after the board is done. */
const SETTLE_MS = 2_000;
/** The same for DTLS: UDP has no end, and a board that closes its socket says nothing. */
const DATAGRAM_SETTLE_MS = 300;

/** A port may be in use still (a fixed one in TIME_WAIT) or again (one that the system gave us and then somebody else). */
const BIND_ATTEMPTS = 4;
const BIND_PAUSE_MS = 500;
/** EADDRINUSE on Linux and in newlib (ESP32). */
const ADDRESS_IN_USE: readonly (number | null)[] = [98, 112];

/**
 * A lab for one board: it starts peers and runs the board's end, and closes what it opened.
 *
 * @example
 * await using tls = createTlsLab({ board, network, pki: createPki() });
 * const handshake = await tls.connect({});
 */
export function createTlsLab(options: TlsLabOptions): TlsLab {
  return new BoardTlsLab(options);
}

class BoardTlsLab implements TlsLab {
  readonly #network: BoardNetwork;
  readonly #pki: Pki | undefined;
  readonly #endpoint: BoardEndpoint;
  readonly #onHandshake: TlsLabOptions['onHandshake'];
  readonly #servers: TlsServerPeer[] = [];
  readonly handshakes: Handshake[] = [];

  constructor({ board, network, pki, endpoint, onHandshake }: TlsLabOptions) {
    this.#onHandshake = onHandshake;
    this.#network = network;
    this.#pki = pki;
    this.#endpoint = endpoint ?? createBoardEndpoint(board, network);
  }

  async server(options: LabServerOptions = {}): Promise<TlsServerPeer> {
    requireServerOptions(options);
    await this.#endpoint.ready();
    const certificate = options.certificate ?? (await this.#good());
    const address = options.address ?? this.#network.listenAddress;
    const server = await startTlsServer({ ...options, certificate, address });
    this.#servers.push(server);
    return server;
  }

  async connect(target: TlsServerPeer | LabServerOptions, run: BoardRun = {}): Promise<Handshake> {
    requireTarget(target);
    requireRun(run);
    if (!('nextTranscript' in target)) {
      await using server = await this.server(target);
      return await this.connect(server, run);
    }
    await this.#endpoint.ready();
    const board = await this.#endpoint.connect(this.#network.hostFor(target.address), target.port, run);
    const reached = board.wrap.step !== 'connect' && board.wrap.step !== 'arguments';
    const wire = await target.nextTranscript({ deadlineMs: reached ? settleOf(run) : 250 }).catch(noConnection);
    return this.#keep({ role: 'client', board, wire, certificate: target.certificate, run, hostError: null });
  }

  async serve(given?: BoardRun, client: TlsClientOptions = {}): Promise<Handshake> {
    requireClientOptions(client);
    requireRun(given ?? {});
    // Before the board listens: a client that cannot be made is not its doing.
    requireClientEngine(client);
    await this.#endpoint.ready();
    const run = given ?? { certificate: await this.#good() };
    for (let attempt = 1; ; attempt++) {
      const handshake = await this.#serveOnce(run, client);
      if (attempt === BIND_ATTEMPTS || !portTaken(handshake)) return this.#keep(handshake);
      await sleep(BIND_PAUSE_MS);
    }
  }

  async #serveOnce(run: BoardRun, client: TlsClientOptions): Promise<Handshake> {
    const port = await this.#network.boardPort();
    const target = this.#network.boardAt(port);
    let peer: Promise<TlsClientPeer> | undefined;
    const board = await this.#endpoint.serve(port, run, () => {
      peer = connectTlsClient(target.host, target.port, client);
      return peer;
    });
    const { wire, hostError } = await transcriptOf(peer, settleOf(run));
    const certificate = run.certificate ?? null;
    return { role: 'server', board, wire, certificate, run, hostError };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#servers.splice(0).map((server) => server[Symbol.asyncDispose]()));
  }

  #keep(handshake: Handshake): Handshake {
    this.handshakes.push(handshake);
    this.#onHandshake?.(handshake);
    return handshake;
  }

  async #good(): Promise<CertificateBundle> {
    if (this.#pki) return await this.#pki.certificate('good');
    throw new TlsLabError(
      'NO_CERTIFICATE',
      'No certificate was named and the lab has no pki; pass `certificate` or create the lab with `pki`.',
    );
  }
}

/** Without anything there is no telling what the board should connect to. */
function requireTarget(target: unknown): void {
  if (typeof target === 'object' && target !== null && !(target instanceof Promise)) return;
  const got = target instanceof Promise ? 'a Promise (an await is missing)' : String(target);
  throw new TlsLabError(
    'BAD_OPTION',
    `tls.connect() needs the host's server, and got ${got}: pass what tls.server() resolves with, or options such as { certificate }; {} presents the profile 'good'.`,
  );
}

function settleOf({ protocol = '' }: BoardRun): number {
  return protocol.includes('DTLS') ? DATAGRAM_SETTLE_MS : SETTLE_MS;
}

function portTaken({ board }: Handshake): boolean {
  return board.wrap.step === 'accept' && ADDRESS_IN_USE.includes(board.wrap.error?.errno ?? null);
}

/** A host that did not reach the board is part of what happened, not a failure of the lab. */
async function transcriptOf(
  peer: Promise<TlsClientPeer> | undefined,
  deadlineMs: number,
): Promise<{ wire: Transcript | null; hostError: string | null }> {
  try {
    if (!peer) return { wire: null, hostError: null };
    await using client = await peer;
    return { wire: await client.transcript({ deadlineMs }), hostError: null };
  } catch (error) {
    if (error instanceof TlsLabError) return { wire: null, hostError: error.message };
    throw error;
  }
}

function noConnection(error: unknown): null {
  if (error instanceof TlsLabError && error.code === 'DEADLINE') return null;
  throw error;
}
