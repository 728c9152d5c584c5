import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { debug } from './debug.ts';
import { Interpreter, type InterpreterEnd, type ResetReason } from './engine/interpreter.ts';
import { firmwareFolder } from './engine/spawn-interpreter.ts';
import { VirtualBoardError } from './errors.ts';
import { describeBoard, type Engine } from './identity.ts';
import { disturb } from './line/chaos.ts';
import { systemClock } from './line/clock.ts';
import { PacedLine } from './line/paced-line.ts';
import { PreciseClock } from './line/precise-clock.ts';
import { ReceiveRing } from './line/receive-ring.ts';
import { failAllocations } from './provision/fail-allocation.ts';
import { OLDEST_ENGINE, probeEngine } from './provision/probe.ts';
import { provisionMicroPython } from './provision/provision.ts';
import { PseudoTerminal } from './pty/pseudo-terminal.ts';
import type { VirtualBoard, VirtualBoardOptions } from './virtual-board.ts';

/** An ESP32 has about 148 KB for words of 32 bits. */
const DEFAULT_HEAP = 300 * 1024;
const DEFAULT_RING = 260;
const FLASH_BYTES = 2 * 1024 * 1024;
/** Output that may wait for the line before the interpreter has to. */
const OUTPUT_LIMIT = 4096;
/** machine.reset_cause() of the esp32 port: PWRON_RESET, HARD_RESET, WDT_RESET (which a panic shows as). */
const CAUSES: Readonly<Record<ResetReason, number>> = { POWERON_RESET: 1, SW_CPU_RESET: 2, PANIC_RESET: 3 };
const SOFT_RESET = 5;
/** A boot loop must not eat the machine. */
const REBOOT_PAUSE_MS = 200;

/**
 * Starts a board: a pseudo-terminal with a MicroPython behind it.
 *
 * @example
 * await using virtual = await startVirtualBoard({ baudRate: 115_200 });
 * await using board = await openBoard(virtual.path);
 * @throws VirtualBoardError `NO_PTY` or `START_FAILED` when it does not start; the codes of `provisionMicroPython` when there is
 *   no MicroPython.
 */
export async function startVirtualBoard(options: VirtualBoardOptions = {}): Promise<VirtualBoard> {
  const engine = options.micropython
    ? await engineAt(options.micropython)
    : await provisionMicroPython({ engine: options.engine, suite: options.suite, onProgress: options.onProgress });
  const { failingAllocations: failing, tlsHeapBytes: heapBytes } = options;
  const isCounted = failing !== undefined || heapBytes !== undefined;
  const environment = isCounted
    ? await failAllocations({ failing, heapBytes }, engine.engine === 'esp32' ? basename(engine.executable) : undefined)
    : {};
  const machine = new Machine(engine, await openFlash(), environment, options);
  try {
    await machine.powerOn();
    return machine;
  } catch (error) {
    await machine.close();
    throw error;
  }
}

/** An image without a name: it goes when the last process that holds it ends, however that comes about. */
async function openFlash(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-board-'));
  try {
    const flash = await open(join(folder, 'flash.bin'), 'wx+', 0o600);
    await flash.truncate(FLASH_BYTES);
    return flash;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const engines = new Map<string, Engine>();

async function engineAt(executable: string): Promise<Engine> {
  const known = engines.get(executable);
  if (known) return known;
  const probe = await probeEngine(executable);
  if (!probe.ok) {
    throw new VirtualBoardError(
      'NO_MICROPYTHON',
      `${executable} ${probe.reason}: give the path of a MicroPython unix port ${OLDEST_ENGINE} or later.`,
    );
  }
  const engine = {
    executable,
    source: 'option',
    engine: 'distribution' as const,
    version: probe.version,
    tls: probe.tls,
  };
  engines.set(executable, engine);
  return engine;
}

class Machine implements VirtualBoard {
  readonly #engine: Engine;
  readonly #flash: FileHandle;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #options: VirtualBoardOptions;
  readonly #ring: ReceiveRing;
  /** Undefined where the line takes no time. */
  readonly #lineClock: PreciseClock | undefined;
  readonly #toBoard: PacedLine;
  readonly #toHost: PacedLine;
  readonly #uniqueId: string;
  #pty: PseudoTerminal | undefined;
  #interpreter: Interpreter | undefined;
  #startedMs = 0;
  #cause = 1;
  #reboot: unknown;
  #closed: Promise<void> | undefined;
  #firstBoot: ((failure?: VirtualBoardError) => void) | undefined;

  constructor(
    engine: Engine,
    flash: FileHandle,
    environment: Readonly<Record<string, string>>,
    options: VirtualBoardOptions,
    random: (length: number) => Buffer = randomBytes,
  ) {
    this.#uniqueId = random(6).toString('hex');
    this.#engine = engine;
    this.#flash = flash;
    this.#environment = environment;
    this.#options = options;
    const ringBytes = options.ringBytes ?? DEFAULT_RING;
    this.#ring = new ReceiveRing(ringBytes === 0 ? Number.POSITIVE_INFINITY : ringBytes);
    const { baudRate = 0, latencyMs = 0 } = options;
    if (baudRate > 0 || latencyMs > 0) this.#lineClock = new PreciseClock();
    const line = { baudRate, latencyMs, clock: this.#lineClock ?? systemClock };
    this.#toBoard = new PacedLine({ ...line, deliver: (bytes) => this.#interpreter?.receive(bytes) });
    this.#toHost = new PacedLine({
      ...line,
      deliver: (bytes) => {
        this.#pty?.write(bytes);
        this.#throttle();
      },
    });
  }

  get path(): string {
    return this.#pty?.path ?? '';
  }

  get pid(): number | undefined {
    return this.#interpreter?.pid;
  }

  async powerOn(): Promise<void> {
    this.#pty = await PseudoTerminal.open({
      clock: systemClock,
      onData: (bytes) => this.#send(this.#toBoard, bytes),
      onDrain: () => this.#throttle(),
    });
    this.#bootMessages('POWERON_RESET');
    await new Promise<void>((resolve, reject) => {
      this.#firstBoot = (failure) => (failure ? reject(failure) : resolve());
      this.#start(false);
    });
  }

  async runReset(): Promise<void> {
    await this.#interpreter?.kill({ kind: 'hard-reset', reason: 'POWERON_RESET' });
  }

  async powerCycle(): Promise<void> {
    this.#toHost.clear();
    this.#toBoard.clear();
    await this.#interpreter?.kill({ kind: 'hard-reset', reason: 'POWERON_RESET' });
  }

  async crash(signal: NodeJS.Signals = 'SIGSEGV'): Promise<void> {
    await this.#interpreter?.kill(undefined, signal);
  }

  close(): Promise<void> {
    this.#closed ??= this.#shutDown();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #shutDown(): Promise<void> {
    systemClock.clearTimeout(this.#reboot);
    await this.#interpreter?.kill({ kind: 'hard-reset', reason: 'POWERON_RESET' });
    this.#toBoard.clear();
    this.#toHost.clear();
    await this.#lineClock?.[Symbol.asyncDispose]();
    await this.#pty?.close();
    await this.#flash.close();
  }

  #start(raw: boolean): void {
    this.#ring.clear();
    this.#startedMs = systemClock.now();
    this.#interpreter = new Interpreter({
      executable: this.#engine.executable,
      heapBytes: this.#options.heapBytes ?? DEFAULT_HEAP,
      config: {
        firmware: firmwareFolder,
        id: this.#uniqueId,
        raw,
        cause: this.#cause,
        engine: this.#engine.engine,
        flashUs: Math.round((this.#options.flashMs ?? 0) * 1000),
        ssl: this.#options.ssl ?? 'native',
        info: describeBoard(this.#engine, this.#options),
      },
      flash: this.#flash,
      ring: this.#ring,
      clock: systemClock,
      environment: this.#environment,
      slowness: this.#options.slowness ?? 1,
      onOutput: (bytes) => {
        this.#send(this.#toHost, bytes);
        this.#throttle();
      },
      onUp: () => {
        this.#firstBoot?.();
        this.#firstBoot = undefined;
      },
      onEnd: (end) => this.#ended(end),
    });
  }

  #send(line: PacedLine, bytes: Buffer): void {
    if (!this.#options.chaos) {
      line.push(bytes);
      return;
    }
    const outcome = disturb(bytes, this.#options.chaos);
    if (outcome.stallMs > 0) line.stall(outcome.stallMs);
    line.push(outcome.bytes);
    if (outcome.reset && line === this.#toBoard) void this.runReset();
  }

  #ended(end: InterpreterEnd): void {
    debug('interpreter %d ended: %o', this.#interpreter?.pid, end);
    if (this.#closed) return;
    if (this.#firstBoot && end.kind === 'died') {
      const output = this.#interpreter?.lastWords ?? '';
      this.#firstBoot(
        new VirtualBoardError(
          'START_FAILED',
          `${this.#engine.executable} did not start as a virtual board: ${end.how}${output ? `, saying ${JSON.stringify(output)}` : ''}; is it MicroPython's unix port, 1.20 or later?`,
        ),
      );
      return;
    }
    if (end.kind === 'soft-reset') {
      this.#cause = SOFT_RESET;
      this.#start(end.raw);
      return;
    }
    if (end.kind === 'died') this.#say(`\r\nvirtual board: interpreter ${end.how}\r\n`);
    this.#bootMessages(end.kind === 'died' ? 'PANIC_RESET' : end.reason);
    const pauseMs = systemClock.now() - this.#startedMs < REBOOT_PAUSE_MS ? REBOOT_PAUSE_MS : 0;
    this.#reboot = systemClock.setTimeout(() => this.#start(false), pauseMs);
  }

  #bootMessages(reason: ResetReason): void {
    this.#cause = CAUSES[reason];
    this.#say(`wirewrap virtual board\r\n\r\nrst:0x0 (${reason}),boot:0x0 (VIRTUAL_FLASH_BOOT)\r\n`);
  }

  #say(text: string): void {
    this.#send(this.#toHost, Buffer.from(text));
  }

  #throttle(): void {
    const waiting = this.#toHost.queued + (this.#pty?.queued ?? 0);
    if (waiting > OUTPUT_LIMIT) this.#interpreter?.pauseOutput();
    else this.#interpreter?.resumeOutput();
  }
}
