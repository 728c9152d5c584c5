import type { ChildProcess } from 'node:child_process';
import { debug } from '../debug.ts';
import type { TimerClock } from '../line/clock.ts';
import type { ReceiveRing, StopBytes } from '../line/receive-ring.ts';
import { type ControlMessage, ControlParser } from './control-parser.ts';
import { OutputParser } from './output-parser.ts';
import { PendingInterrupt } from './pending-interrupt.ts';
import { SlowProcessor } from './slow-processor.ts';
import { type SpawnOptions, spawnInterpreter } from './spawn-interpreter.ts';

/** As the ESP32's ROM names them. A run reset by EN shows as POWERON_RESET there too. */
export type ResetReason = 'POWERON_RESET' | 'SW_CPU_RESET' | 'PANIC_RESET';

/** How an interpreter ended. */
export type InterpreterEnd =
  | { readonly kind: 'soft-reset'; readonly raw: boolean }
  | { readonly kind: 'hard-reset'; readonly reason: ResetReason }
  | { readonly kind: 'died'; readonly how: string };

export interface InterpreterOptions extends SpawnOptions {
  readonly ring: ReceiveRing;
  readonly clock: TimerClock;
  /** How many times slower than this machine, once the firmware runs. */
  readonly slowness: number;
  /** Output as it goes to the line, with CRLF for LF where a board has it. */
  readonly onOutput: (bytes: Buffer) => void;
  /** The firmware runs; boot.py is next. */
  readonly onUp: () => void;
  readonly onEnd: (end: InterpreterEnd) => void;
}

interface ReadRequest {
  readonly limit: number;
  readonly stopBytes: StopBytes;
  /** Answered once all is there, as `F`. */
  readonly full: boolean;
  timer: unknown;
}

/** What a read may end at, by its number: see firmware/wirewrap_link.py. */
const STOP_BYTES: readonly StopBytes[] = [[], [1, 2, 3, 4, 5], [10], [10, 13]];
/** A read that is answered once all is there. */
const FULL = 4;

/** What kbd_intr(-1) sets. */
const NO_CHAR = 0xff;
/** A second SIGINT while the first is pending makes the unix port exit(1) (unix_mphal.c). */
const SIGINT_GAP_MS = 25;
/** One MicroPython process: the processor, its UART driver and its interrupt line. */
export class Interpreter {
  readonly #options: InterpreterOptions;
  readonly #child: ChildProcess;
  readonly #control = new ControlParser();
  readonly #output: OutputParser;
  #paused = false;
  readonly #exited: Promise<void>;
  /** The end of what it wrote to its standard error. */
  lastWords = '';
  #request: ReadRequest | undefined;
  #interruptChar = NO_CHAR;
  #pending: PendingInterrupt | undefined;
  #slow: SlowProcessor | undefined;
  #lastSigintMs = Number.NEGATIVE_INFINITY;
  #end: InterpreterEnd | undefined;

  constructor(options: InterpreterOptions) {
    this.#options = options;
    const { child, mark, control } = spawnInterpreter(options);
    this.#child = child;
    this.#output = new OutputParser(mark);
    this.#child.stdin?.on('error', (error) => debug('the interpreter takes no more input: %s', error));
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#print(chunk));
    control?.on('error', (error) => debug('the control channel broke: %s', error));
    control?.on('data', (chunk: Buffer) => {
      for (const message of this.#control.push(chunk)) this.#handle(message);
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.lastWords = `${this.lastWords}${chunk.toString('latin1')}`.slice(-500);
      options.onOutput(toCrLf(chunk));
    });
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#end ??= { kind: 'died', how: `could not be started (${error.message})` };
        this.#finish();
        resolve();
      });
      this.#child.once('close', (code, signal) => {
        this.#end ??= { kind: 'died', how: signal ? `killed by ${signal}` : `exited with code ${code}` };
        this.#finish();
        resolve();
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** A byte came out of the line: Ctrl-C interrupts when `kbd_intr` says so, everything else waits in the ring. */
  receive(bytes: Buffer): void {
    let data = bytes;
    if (this.#interruptChar !== NO_CHAR) {
      const at = bytes.indexOf(this.#interruptChar);
      if (at >= 0) {
        if (at > 0) this.#options.ring.push(bytes.subarray(0, at));
        this.#serve();
        this.#interrupt();
        this.receive(bytes.subarray(at + 1));
        return;
      }
    }
    if (data.length === 0) return;
    if (this.#request) {
      // The reader takes them as they come; only what it leaves has to fit the ring.
      while (data.length > 0 && this.#request && this.#options.ring.free > 0) {
        const part = data.subarray(0, Math.min(data.length, this.#options.ring.free));
        data = data.subarray(part.length);
        this.#options.ring.push(part);
        this.#serve();
      }
    }
    this.#options.ring.push(data);
  }

  pauseOutput(): void {
    this.#paused = true;
    this.#child.stdout?.pause();
  }

  resumeOutput(): void {
    this.#paused = false;
    this.#child.stdout?.resume();
  }

  /** Ends the process; `onEnd` gets `end`. */
  async kill(end: InterpreterEnd | undefined, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#end ??= end;
    this.#child.stdout?.resume();
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    await this.#exited;
  }

  #print(chunk: Buffer): void {
    for (const { kind, bytes } of this.#output.push(chunk)) {
      this.#options.onOutput(kind === 'text' ? toCrLf(bytes) : bytes);
    }
    if (this.#output.isUndecided) setImmediate(() => this.#decide());
  }

  /** A mark is written whole: when nothing else waits to be read, what looks like its beginning was printed. */
  #decide(): void {
    if (this.#paused || !this.#output.isUndecided) return;
    this.#options.onOutput(toCrLf(this.#output.flush()));
  }

  #handle({ name, payload }: ControlMessage): void {
    switch (name) {
      case 'Q':
        this.#ask(payload);
        return;
      case 'C':
        this.#forget();
        return;
      case 'P':
        this.#answer('P', u16(Math.min(this.#options.ring.length, 0xffff)));
        return;
      case 'K':
        this.#interruptChar = payload[0] ?? NO_CHAR;
        if (this.#interruptChar === NO_CHAR) this.#answer('K', Buffer.alloc(0));
        return;
      case 'R':
        void this.kill({ kind: 'hard-reset', reason: 'SW_CPU_RESET' });
        return;
      case 'V':
        this.#pending = PendingInterrupt.open({
          child: this.#child,
          slot: Number(payload.readBigUInt64LE(0)),
          exception: Number(payload.readBigUInt64LE(8)),
          clock: this.#options.clock,
          wanted: () => this.#interruptChar !== NO_CHAR,
        });
        return;
      case 'U':
        this.#slowDown();
        this.#options.onUp();
        return;
      case 'S':
        this.#end = { kind: 'soft-reset', raw: payload[0] === 1 };
    }
  }

  #slowDown(): void {
    const { slowness, clock } = this.#options;
    const pid = this.#child.pid;
    if (slowness <= 1 || pid === undefined) return;
    this.#slow = new SlowProcessor({ pid, factor: slowness, clock, signal: (name) => this.#child.kill(name) });
  }

  #ask(payload: Buffer): void {
    this.#forget();
    const timeoutMs = payload.readUInt16LE(3);
    const limit = payload.readUInt16LE(0);
    const request: ReadRequest = {
      limit,
      full: payload[2] === FULL,
      stopBytes: STOP_BYTES[payload[2] ?? 0] ?? [],
      timer: undefined,
    };
    if (request.full && limit > this.#options.ring.capacity) {
      this.#answer('F', Buffer.alloc(0));
      return;
    }
    this.#request = request;
    if (this.#serve() || timeoutMs === 0xffff) return;
    request.timer = this.#options.clock.setTimeout(() => {
      this.#forget();
      this.#answer('D', Buffer.alloc(0));
    }, timeoutMs);
  }

  #forget(): void {
    if (this.#request) this.#options.clock.clearTimeout(this.#request.timer);
    this.#request = undefined;
  }

  #serve(): boolean {
    const request = this.#request;
    if (!request || this.#options.ring.length < (request.full ? request.limit : 1)) return false;
    this.#forget();
    this.#answer(request.full ? 'F' : 'D', this.#options.ring.take(request.limit, request.stopBytes));
    return true;
  }

  #interrupt(): void {
    if (this.#interruptChar === NO_CHAR) return;
    if (this.#request) {
      this.#forget();
      this.#answer('I', Buffer.alloc(0));
      return;
    }
    if (this.#pending) this.#pending.raise();
    else this.#signal();
  }

  /** For an engine whose pending exception is out of reach: its signal handler raises wherever it is. */
  #signal(): void {
    const now = this.#options.clock.now();
    if (now - this.#lastSigintMs < SIGINT_GAP_MS) return;
    this.#lastSigintMs = now;
    this.#child.kill('SIGINT');
  }

  #answer(kind: string, payload: Buffer): void {
    this.#child.stdin?.write(Buffer.concat([Buffer.from(kind, 'latin1'), u16(payload.length), payload]));
  }

  #finish(): void {
    this.#pending?.close();
    this.#slow?.close();
    this.#forget();
    const end = this.#end;
    if (end) this.#options.onEnd(end);
  }
}

function u16(value: number): Buffer {
  return Buffer.from([value & 0xff, value >> 8]);
}

/** As mp_hal_stdout_tx_strn_cooked: every LF becomes CRLF. */
function toCrLf(bytes: Buffer): Buffer {
  return bytes.includes(10) ? Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1') : bytes;
}
