import type { DtlsSession } from '../engines/dtls-engine.ts';
import { peerError } from '../engines/peer-error.ts';
import { log } from '../log.ts';
import { settlesWithin } from '../time/wait.ts';
import { buildTranscript } from '../transcript/build-transcript.ts';
import { DtlsDecoder } from '../transcript/dtls-decoder.ts';
import { dtlsRecords } from '../transcript/dtls-record.ts';
import type { DecodedRecord } from '../transcript/session-decoder.ts';
import type { Sender, Transcript } from '../transcript/transcript.ts';
import { WireLog } from '../transcript/wire-log.ts';

/** Time in which datagrams may still come after one end has said that it is done, in milliseconds. */
const LAST_DATAGRAMS_MS = 150;
/** How long a record may wait for the secret that opens it, before it counts as unreadable. */
const KEYS_MS = 2000;
/** Datagrams that are kept while openssl starts. */
const MOST_EARLY = 64;
const ALERT = 21;

/** The datagrams between one board address and the host's own DTLS end, tapped. */
export class DtlsConnection implements AsyncDisposable {
  readonly log: WireLog;
  /** Resolves when one end closed or gave up; UDP itself has no end. */
  readonly closed: Promise<void>;
  readonly #session: Promise<DtlsSession>;
  readonly #client: Sender;
  readonly #sendToBoard: (datagram: Buffer) => void;
  readonly #finish: () => void;
  readonly #now: () => number;
  readonly #over = new AbortController();
  #early = 0;
  #decoder: DtlsDecoder | null = null;
  #decoding: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #unreachable: Error | null = null;

  /** `client` is the end that starts DTLS. */
  constructor(
    session: Promise<DtlsSession>,
    client: Sender,
    sendToBoard: (datagram: Buffer) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#now = now;
    this.log = new WireLog(now);
    this.#session = session;
    this.#client = client;
    this.#sendToBoard = sendToBoard;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#finish = () => {
      this.log.closed();
      resolve();
      // openssl as server would wait for another client; what it knows stays.
      session.then(
        (opened) => opened[Symbol.asyncDispose](),
        () => {},
      );
    };
    session.then(
      (opened) => this.#follow(opened),
      () => this.#finish(),
    );
  }

  /** A datagram of the board. */
  fromBoard(datagram: Buffer): void {
    if (this.log.closedAtMs !== null) return;
    this.log.data('board', datagram);
    const atMs = this.#now();
    if (this.#decoder === null && ++this.#early > MOST_EARLY) return;
    this.#session.then(
      ({ socket }) => {
        if (this.#over.signal.aborted) return;
        this.#decode('board', datagram, atMs);
        socket.send(datagram);
      },
      () => {},
    );
  }

  /** A datagram of the host's own end. */
  fromPeer(datagram: Buffer): void {
    if (this.log.closedAtMs !== null) return;
    this.log.data('peer', datagram);
    this.#decode('peer', datagram, this.#now());
    this.#sendToBoard(datagram);
  }

  /** Nobody listens at the board's port (ICMP). Before it ever answered it may still come; afterwards it has closed. */
  unreachable(error: Error): void {
    if (this.#heard()) this.#endSoon();
    else this.#unreachable = error;
  }

  /** What was seen so far; complete once `closed` has resolved. */
  async transcript(): Promise<Transcript> {
    const { run } = await this.#session;
    await this.#decoding;
    const unreachable = this.#heard() ? null : this.#unreachable;
    const error = run.error ?? (unreachable === null ? null : peerError(unreachable));
    const view = { keyLog: run.keyLog, error, received: run.received };
    return { ...buildTranscript(this.log, this.#client, view, 'dtls'), faults: [] };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#over.abort();
    const session = await this.#session.catch((error: unknown) => {
      log('the host had no DTLS end: %s', error);
      return null;
    });
    await session?.[Symbol.asyncDispose]();
    await this.#decoding;
  }

  #heard(): boolean {
    return this.log.chunks.some(({ sender }) => sender === 'board');
  }

  #follow({ socket, run }: DtlsSession): void {
    this.#decoder = new DtlsDecoder(this.#client, run.keyLog);
    socket.on('message', (datagram) => this.fromPeer(datagram));
    run.over.then(() => this.#endSoon());
  }

  #endSoon(): void {
    if (this.#over.signal.aborted) return;
    this.#timer ??= setTimeout(this.#finish, LAST_DATAGRAMS_MS);
  }

  /** In order, one datagram after the other: a record may have to wait for its secret. */
  #decode(sender: Sender, datagram: Buffer, atMs: number): void {
    this.#decoding = this.#decoding.then(async () => {
      const { run } = await this.#session;
      for (const record of dtlsRecords(datagram, atMs)) {
        const untilMs = this.#now() + KEYS_MS;
        const waits = (): boolean => this.#decoder?.lacksKeys(sender, record) === true && !this.#over.signal.aborted;
        while (waits() && this.#now() < untilMs) {
          await settlesWithin(run.keyLog.changed, untilMs - this.#now());
        }
        if (this.#decoder !== null) this.#seen(run, this.#decoder.push(sender, record));
      }
    });
  }

  #seen(run: DtlsSession['run'], decoded: DecodedRecord): void {
    if (decoded.sender !== 'board') return;
    run.decoded(decoded);
    const { content } = decoded;
    // A fatal alert or close_notify: the board is done, and openssl as server would wait for ever.
    if (content?.type === ALERT && (content.bytes[0] === 2 || content.bytes[1] === 0)) this.#endSoon();
  }
}
