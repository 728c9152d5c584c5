import type { BoardSession } from '@wirewrap/boards';
import type { CertificateBundle, Pki } from '@wirewrap/certgen';
import { installLevel, readLevel } from '@wirewrap/conformance';
import { MicroPythonError, ReplDriverError } from '@wirewrap/repl-driver';
import { type HostClock, hostClock } from '@wirewrap/repl-driver/basics';
import { createTlsLab, type Handshake, setClock } from '@wirewrap/tls-lab';
import { ignored } from '../debug.ts';
import type { SoakEnd, SoakRecord, SoakRole } from './soak-record.ts';
import { type SoakProgress, SoakTally } from './soak-tally.ts';

/** Milliseconds that a reading may take: a collection of a large heap on a slow board. */
const READING_MS = 30_000;

/** What a soak needs, and whom it tells. */
export interface SoakOptions {
  readonly session: BoardSession;
  /** The board's URL as it was asked for. */
  readonly url: string;
  readonly pki: Pki;
  readonly roles: readonly SoakRole[];
  readonly forMs: number;
  /** Milliseconds between two readings. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
  /** Default: this host's. */
  readonly clock?: HostClock;
  /** Called after each reading and at the end. */
  readonly onReading: (record: SoakRecord) => Promise<void>;
  /** Called after each connection. */
  readonly onConnection: (progress: SoakProgress) => void;
}

class Soak {
  readonly #options: SoakOptions;
  readonly #clock: HostClock;
  readonly #tally: SoakTally;
  readonly #certificate: CertificateBundle;
  #roles: readonly SoakRole[];
  /** Whether the program that reads levels is on the board. */
  #installed = false;

  constructor(options: SoakOptions, tally: SoakTally, certificate: CertificateBundle) {
    this.#options = options;
    this.#clock = options.clock ?? hostClock;
    this.#tally = tally;
    this.#certificate = certificate;
    this.#roles = options.roles;
  }

  async run(): Promise<SoakRecord> {
    const { signal, onReading } = this.#options;
    let end: SoakEnd = 'interrupted';
    try {
      end = await this.#toItsEnd();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    const record = this.#tally.record(end);
    await onReading(record);
    return record;
  }

  get #isGivenUp(): boolean {
    return this.#options.session.whole.givenUp !== null;
  }

  async #toItsEnd(): Promise<SoakEnd> {
    const { forMs, everyMs, onReading } = this.#options;
    // What the first connection makes stays: it comes before the first reading.
    await this.#connectUntil(0);
    for (;;) {
      await this.#read();
      if (this.#isGivenUp) return 'board gave no answer';
      if (this.#tally.tookMs >= forMs) return 'complete';
      await onReading(this.#tally.record('running'));
      await this.#connectUntil(Math.min(this.#tally.tookMs + everyMs, forMs));
    }
  }

  async #connectUntil(endMs: number): Promise<void> {
    do {
      for (const role of this.#roles) {
        this.#options.signal.throwIfAborted();
        if (this.#isGivenUp) return;
        await this.#connect(role);
        this.#options.onConnection(this.#tally.progress);
      }
    } while (this.#tally.tookMs < endMs);
  }

  async #connect(role: SoakRole): Promise<void> {
    const { session, pki } = this.#options;
    const certificate = this.#certificate;
    try {
      // A lab keeps its handshakes: one for each, so that hours of them take no memory here.
      await using lab = createTlsLab({ ...session, pki });
      const handshake = await (role === 'client' ? lab.connect({ certificate }) : lab.serve({ certificate }));
      if (handshake.board.crash !== null) this.#installed = false;
      if (!this.#isOutOfReach(handshake)) this.#tally.connection(handshake);
    } catch (error) {
      await this.#recover(error, role);
    }
  }

  /** Behind an access point that isolates, a board is asked as client only. */
  #isOutOfReach({ role, board, hostError }: Handshake): boolean {
    const unreached = role === 'server' && board.wrap.step === 'accept' && hostError !== null;
    if (!unreached || this.#tally.reached('server') || !this.#roles.includes('client')) return false;
    this.#roles = ['client'];
    this.#tally.note('As server the board is out of reach of this host: it was asked as client only.');
    return true;
  }

  /** After an error of the session itself: the board has reset, or does not answer and is brought back. */
  async #recover(error: unknown, role: SoakRole | null): Promise<void> {
    const { session, signal } = this.#options;
    if (signal.aborted || !(error instanceof ReplDriverError)) throw error;
    if (role !== null) this.#tally.failed(role, error.message);
    this.#tally.reset(error.message);
    this.#installed = false;
    await session.whole.require({ signal }).catch(ignored('bringing the board back'));
    if (!this.#isGivenUp) await this.#setClock();
  }

  async #setClock(): Promise<void> {
    await setClock(this.#options.session.board, this.#clock.date()).catch(ignored('setting the clock after a reset'));
  }

  async #read(): Promise<void> {
    const { signal } = this.#options;
    try {
      await this.#readOnce();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof MicroPythonError)) return await this.#recover(error, null);
      if (error.type !== 'NameError') return this.#tally.failed('client', `reading what it holds: ${error.message}`);
      this.#installed = false;
      this.#tally.reset('between two connections, unseen');
      await this.#setClock();
      await this.#readOnce().catch(ignored('reading what the board holds'));
    }
  }

  async #readOnce(): Promise<void> {
    const { session, signal } = this.#options;
    const options = { deadlineMs: READING_MS, signal };
    if (!this.#installed) await installLevel(session.board, options);
    this.#installed = true;
    this.#tally.reading(await readLevel(session.board, options));
  }
}

/**
 * Connects again and again for so long, as client and as server in turn, and reads what the board holds meanwhile. A board
 * that resets is told and goes on; only one that cannot be brought back ends it early.
 *
 * @throws BoardsError, ReplDriverError when the board is lost before it began
 * @example const record = await runSoak({ session, url, pki, roles: ['client'], forMs, everyMs, signal, onReading, onConnection });
 */
export async function runSoak(options: SoakOptions): Promise<SoakRecord> {
  const { session, url, pki, signal, clock = hostClock } = options;
  const { board, network } = session;
  await network.join(board);
  await setClock(board, clock.date());
  const { machine, version, build } = await board.identity({ signal });
  const tally = new SoakTally({ board: { url, machine, version, build }, askedMs: options.forMs }, clock);
  return await new Soak(options, tally, await pki.certificate('good')).run();
}
