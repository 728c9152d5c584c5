import type { Socket } from 'node:net';
import type { PlaintextStep } from '../application/start-tls.ts';
import type { EngineSession } from '../engines/engine.ts';
import type { FaultsByDirection } from '../faults/fault-table.ts';
import { Lane, type Outlet } from '../faults/lane.ts';
import { log } from '../log.ts';
import { settlesWithin } from '../time/wait.ts';
import { buildTranscript } from '../transcript/build-transcript.ts';
import { SessionDecoder } from '../transcript/session-decoder.ts';
import type { Sender, Transcript } from '../transcript/transcript.ts';
import { WireLog } from '../transcript/wire-log.ts';
import { talkInTheClear } from './plaintext-talk.ts';
import { keepReadingAfterFailedWrite } from './tapped-socket.ts';

/** Time for the host's own TLS end to take in the last bytes after the board has gone. */
const SETTLE_MS = 250;
/** Bytes that may wait in a lane before its source is held back. */
const QUEUE_LIMIT = 1 << 20;
/** Time between the last bytes and the board's RST as the host's own end sees them, so that it reads an alert first. */
const RESET_GRACE_MS = 10;

/** One TCP connection with the board, tapped and spliced to the host's own TLS end. */
export class Connection implements AsyncDisposable {
  readonly log: WireLog;
  /** Resolves when the board's side of TCP is gone. */
  readonly closed: Promise<void>;
  readonly #board: Socket;
  readonly #session: Promise<EngineSession>;
  readonly #client: Sender;
  readonly #faults: FaultsByDirection;
  readonly #now: () => number;
  readonly #over = new AbortController();
  readonly #happened = new Set<string>();
  #failure: unknown = null;
  #plaintextError: Transcript['peerError'] = null;
  #timer: NodeJS.Timeout | undefined;

  /** `client` is the end that starts TLS. */
  constructor(
    board: Socket,
    session: Promise<EngineSession>,
    client: Sender,
    faults: FaultsByDirection,
    plaintext: readonly PlaintextStep[] = [],
    now: () => number = () => performance.now(),
  ) {
    this.#now = now;
    this.log = new WireLog(now);
    this.#board = board;
    this.#session = session;
    this.#client = client;
    this.#faults = faults;
    keepReadingAfterFailedWrite(board);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    board.once('close', () => {
      this.log.closed();
      resolve();
    });
    board.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' && error.syscall === 'read') this.log.end('board', 'rst');
    });
    board.pause();
    session.then(
      (opened) => this.#begin(opened, plaintext),
      () => board.destroy(),
    );
  }

  /** What was seen so far; complete once `closed` has resolved. */
  async transcript(): Promise<Transcript> {
    const session = await this.#session;
    if (this.#failure !== null) throw this.#failure;
    if (this.log.closedAtMs !== null) await settlesWithin(session.over, SETTLE_MS);
    const { keyLog, received, error } = session;
    const view = { keyLog, received, error: this.#plaintextError ?? error };
    return { ...buildTranscript(this.log, this.#client, view), faults: [...this.#happened] };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#over.abort();
    this.#board.destroy();
    const session = await this.#session.catch((error: unknown) => {
      log('the host had no TLS end: %s', error);
      return null;
    });
    await session?.[Symbol.asyncDispose]();
  }

  /** TLS begins once everything was said that comes before it. */
  #begin(session: EngineSession, plaintext: readonly PlaintextStep[]): void {
    if (plaintext.length === 0) {
      this.#splice(session);
      return;
    }
    talkInTheClear(this.#board, plaintext, this.log).then(
      () => {
        this.log.beginTls();
        this.#splice(session);
      },
      (error: Error) => {
        this.log.beginTls();
        this.#plaintextError = { code: 'PLAINTEXT', alert: null, message: error.message };
        this.#board.destroySoon();
      },
    );
  }

  #splice(session: EngineSession): void {
    const [board, engine] = [this.#board, session.socket];
    const decoder = new SessionDecoder(this.#client, session.keyLog);
    const context = {
      decoder,
      keyLog: session.keyLog,
      signal: this.#over.signal,
      now: this.#now,
      happened: (name: string) => this.#happened.add(name),
      failed: (error: unknown) => this.#fail(error),
    };
    const toBoard = new Lane({ ...context, sender: 'peer', outlet: this.#boardOutlet() }, this.#faults['to-board']);
    const toPeer = new Lane(
      { ...context, sender: 'board', outlet: engineOutlet(engine), decoded: session.decoded?.bind(session) },
      this.#faults['to-peer'],
    );
    engine.on('error', (error) => log("the connection to the host's own TLS end: %s", error));
    pump(engine, toBoard, this.#now);
    engine.once('close', () => void toBoard.end());
    board.on('data', (chunk) => this.log.data('board', chunk));
    pump(board, toPeer, this.#now);
    board.on('end', () => {
      this.log.end('board', 'fin');
      // A stalled peer would keep a board waiting for its FIN for ever.
      if (toBoard.stalled) board.end();
    });
    board.once('close', () => {
      this.#over.abort();
      if (engine.destroyed) return;
      this.#timer = setTimeout(() => reset(engine), RESET_GRACE_MS);
      engine.once('close', () => clearTimeout(this.#timer));
    });
    // A board that closed at once, without a byte: its end came (paused or not) before anybody listened.
    if (board.readableEnded) board.emit('end');
    board.resume();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#board.destroy();
  }

  #boardOutlet(): Outlet {
    const board = this.#board;
    return {
      write: async (bytes) => {
        if (!board.writable) return;
        this.log.data('peer', bytes);
        await write(board, bytes);
      },
      fin: () => {
        if (!board.writable) return;
        this.log.end('peer', 'fin');
        board.end();
      },
      rst: () => {
        this.log.end('peer', 'rst');
        board.resetAndDestroy();
      },
    };
  }
}

/** An RST of the host's own end becomes a FIN for the board: an RST is a fault that a test asks for. */
function engineOutlet(engine: Socket): Outlet {
  return {
    write: (bytes) => write(engine, bytes),
    fin: () => void engine.end(),
    rst: () => reset(engine),
  };
}

/** The engine openssl is behind a Unix socket, which knows no RST. */
function reset(engine: Socket): void {
  if (engine.remoteFamily === undefined) engine.destroy();
  else engine.resetAndDestroy();
}

/** Waits while the socket is full. */
async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (!socket.writable || socket.write(bytes)) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const event of ['drain', 'close']) socket.once(event, resolve);
  await promise;
  for (const event of ['drain', 'close']) socket.off(event, resolve);
}

/** Leads what a socket receives into a lane, and holds it back while too much waits there. */
function pump(source: Socket, lane: Lane, now: () => number): void {
  source.on('data', (chunk) => {
    const passed = lane.push(chunk, now());
    if (lane.queued < QUEUE_LIMIT) return;
    source.pause();
    passed.then(() => source.resume());
  });
  source.once('end', () => lane.end());
}
