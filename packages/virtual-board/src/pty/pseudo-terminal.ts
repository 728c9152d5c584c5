import { closeSync, readdirSync, readlinkSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import * as nodePty from '@lydell/node-pty';
import { execa } from 'execa';
import { debug } from '../debug.ts';
import { VirtualBoardError } from '../errors.ts';
import type { TimerClock } from '../line/clock.ts';

/** node-pty's open() result beyond its published types. */
interface OpenedTerminal {
  readonly master: Socket;
  readonly slave: Socket;
  readonly fd: number;
  readonly ptsName: string;
}

interface NodePtyOpen {
  open(options: { encoding: null }): OpenedTerminal;
}

export interface PseudoTerminalOptions {
  readonly clock: TimerClock;
  readonly onData: (bytes: Buffer) => void;
  /** Called when everything written so far was taken. */
  readonly onDrain: () => void;
}

const RETRY_MS = 1;
/** A port that nobody reads: after this time what waits for the reader is dropped, as a USB adapter does. */
const UNREAD_MS = 500;

/** A pseudo-terminal whose slave a program opens like a serial port. */
export class PseudoTerminal {
  readonly path: string;
  readonly #terminal: OpenedTerminal;
  readonly #options: PseudoTerminalOptions;
  #queue: Buffer[] = [];
  #queued = 0;
  #timer: unknown;
  #stuckSinceMs: number | undefined;
  #closed = false;

  static async open(options: PseudoTerminalOptions): Promise<PseudoTerminal> {
    let terminal: OpenedTerminal;
    try {
      terminal = (nodePty as unknown as NodePtyOpen).open({ encoding: null });
    } catch (cause) {
      throw new VirtualBoardError('NO_PTY', 'No pseudo-terminal could be opened: is /dev/pts mounted?', { cause });
    }
    // node-pty reads the slave too; what is written for the client would vanish there.
    terminal.slave.pause();
    terminal.slave.on('error', () => {});
    closeSpare(terminal);
    const pty = new PseudoTerminal(terminal, options);
    // A client that sets nothing itself (cat, a plain open) still gets a serial line without echo.
    await execa('stty', ['-F', pty.path, 'raw', '-echo', '115200'], { reject: false });
    return pty;
  }

  private constructor(terminal: OpenedTerminal, options: PseudoTerminalOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.path = terminal.ptsName;
    // Its own listener belongs to a spawned child and throws here.
    terminal.master.removeAllListeners('error');
    terminal.master.on('error', () => {});
    terminal.master.on('data', (bytes: Buffer) => options.onData(bytes));
  }

  /** Bytes that the client has not taken and the kernel does not hold. */
  get queued(): number {
    return this.#queued;
  }

  write(bytes: Buffer): void {
    if (this.#closed || bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    if (this.#timer === undefined) this.#flush();
  }

  pause(): void {
    this.#terminal.master.pause();
  }

  resume(): void {
    this.#terminal.master.resume();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.clock.clearTimeout(this.#timer);
    await Promise.all([closed(this.#terminal.slave), closed(this.#terminal.master)]);
  }

  #flush(): void {
    this.#timer = undefined;
    while (this.#queue[0] !== undefined) {
      const head = this.#queue[0];
      const written = this.#tryWrite(head);
      if (written === 0) break;
      this.#stuckSinceMs = undefined;
      this.#queued -= written;
      if (written < head.length) this.#queue[0] = head.subarray(written);
      else this.#queue.shift();
    }
    if (this.#queue.length === 0) {
      this.#options.onDrain();
      return;
    }
    const now = this.#options.clock.now();
    this.#stuckSinceMs ??= now;
    if (now - this.#stuckSinceMs > UNREAD_MS) {
      this.#queue = [];
      this.#queued = 0;
      this.#options.onDrain();
      return;
    }
    this.#timer = this.#options.clock.setTimeout(() => this.#flush(), RETRY_MS);
  }

  #tryWrite(bytes: Buffer): number {
    try {
      return writeSync(this.#terminal.fd, bytes, 0, Math.min(bytes.length, 2048));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      debug('%d bytes for the terminal are lost: %s', bytes.length, error);
      return bytes.length;
    }
  }
}

/** libuv opens the slave a second time for its stream, and node-pty forgets the descriptor that it had. */
function closeSpare(terminal: OpenedTerminal): void {
  const used = (terminal.slave as unknown as { _handle?: { fd?: number } })._handle?.fd;
  if (used === undefined) return;
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    try {
      if (fd !== used && readlinkSync(`/proc/self/fd/${name}`) === terminal.ptsName) closeSync(fd);
    } catch (error) {
      debug("descriptor %d is the listing's own: %s", fd, error);
    }
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    socket.once('close', () => resolve());
    socket.destroy();
  });
}
