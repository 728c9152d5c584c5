import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadStream } from 'node:tty';
import type { BoardSettings, PreparedBoard } from '@wirewrap/boards';
import { ReplDriverError, type Transport } from '@wirewrap/repl-driver';
import { retry } from '@wirewrap/repl-driver/basics';
import { execa } from 'execa';
import { instead } from '../../debug.ts';
import { CliError } from '../../errors.ts';
import { PacedWriter } from './paced-writer.ts';
import { PanicWatch } from './panic-watch.ts';
import { REPL_HELP, type ReplKey, ReplKeys } from './repl-keys.ts';

export interface ReplOptions {
  readonly prepared: PreparedBoard;
  readonly stdin: ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Ctrl-B: from the raw REPL to the friendly one; in the friendly one the banner is printed again. */
const FRIENDLY = Buffer.from([0x02]);
const RESET_PULSE_MS = 100;
/** Milliseconds in which the chip samples its boot pins. */
const BOOT_MS = 100;
const REOPEN_PAUSE_MS = 200;
const POWER_CYCLE_MS = 60_000;

/** Joins terminal and board until Ctrl-]. A line that is lost (USB that re-enumerates after a reset) is opened again. */
export async function runRepl({ prepared, stdin, stdout, signal }: ReplOptions): Promise<void> {
  const ended = new AbortController();
  const over = AbortSignal.any([signal, ended.signal]);
  const typed = new TypedInput(
    prepared,
    (text) => tell(stdout, text),
    () => ended.abort(),
  );
  const { elf } = prepared.settings;
  const panics = elf === undefined ? null : await PanicWatch.of(elf, (text) => tell(stdout, text));
  const pseudoTerminal = await pseudoTerminalOf(prepared.settings);
  const onTyped = (chunk: Buffer): void => typed.take(chunk);
  stdin.setRawMode(true);
  stdin.on('data', onTyped);
  try {
    for (let first = true; !over.aborted; first = false) {
      const transport = await (first ? prepared.openLine({ signal: over }) : openAgain(prepared, over));
      if (!transport) break;
      if (!first) tell(stdout, 'connected again');
      await join({ transport, typed, stdout, panics }, over, first);
      if (!over.aborted && pseudoTerminal !== null) throw goneForGood(pseudoTerminal);
      if (!over.aborted) tell(stdout, 'the connection is lost; waiting until it is back (Ctrl-] ends)');
    }
  } finally {
    stdin.off('data', onTyped);
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write('\n');
  }
  signal.throwIfAborted();
}

/** The path of a pseudo-terminal; null of any other line. */
async function pseudoTerminalOf(settings: BoardSettings): Promise<string | null> {
  if (settings.scheme !== 'serial' || settings.startedFrom?.scheme === 'virtual') return null;
  const path = await realpath(settings.path).catch(instead(settings.path, `resolving ${settings.path}`));
  return path.startsWith('/dev/pts/') ? path : null;
}

/** Its number may be given to somebody else's terminal, which is not to be typed at. */
function goneForGood(path: string): CliError {
  const remedy = 'start what was behind it again';
  return new CliError('HOST', `The pseudo-terminal ${path} was closed by its other end; ${remedy}.`);
}

/** Both ends of a line, and who looks for panics in what comes. */
interface Joined {
  readonly transport: Transport;
  readonly typed: TypedInput;
  readonly stdout: NodeJS.WriteStream;
  readonly panics: PanicWatch | null;
}

/** Passes bytes both ways until the line or the session ends. */
async function join({ transport, typed, stdout, panics }: Joined, over: AbortSignal, first: boolean): Promise<void> {
  const stopListening = transport.onData((chunk) => {
    stdout.write(withBareLineFeeds(chunk));
    panics?.add(chunk);
  });
  const aborted = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
  try {
    typed.connect(transport);
    if (first) await transport.write(FRIENDLY);
    await Promise.race([transport.closed, aborted]);
  } finally {
    typed.connect(null);
    stopListening();
    await transport.close();
  }
}

/** Null when the session ends before the port is back. */
async function openAgain(prepared: PreparedBoard, over: AbortSignal): Promise<Transport | null> {
  try {
    return await retry(() => prepared.openLine({ signal: over }), {
      pauseMs: REOPEN_PAUSE_MS,
      signal: over,
      mayPass: (error) => error instanceof ReplDriverError,
    });
  } catch (error) {
    if (!over.aborted) throw error;
    return instead(null, 'opening the port again')(error);
  }
}

/** A terminal in Node's raw mode still turns LF into CRLF: what is CRLF already would get a second CR. */
function withBareLineFeeds(chunk: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(chunk).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Notes of ours on a line of their own, told from the board's output by the brackets. */
function tell(stdout: NodeJS.WriteStream, text: string): void {
  stdout.write(`\n[wirewrap: ${text}]\n`);
}

/** What is typed, in order: bytes to the board, keys to their actions. */
class TypedInput {
  readonly #keys = new ReplKeys();
  readonly #prepared: PreparedBoard;
  readonly #tell: (text: string) => void;
  readonly #end: () => void;
  #transport: Transport | null = null;
  #writer: PacedWriter | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(prepared: PreparedBoard, tellUser: (text: string) => void, end: () => void) {
    this.#prepared = prepared;
    this.#tell = tellUser;
    this.#end = end;
  }

  connect(transport: Transport | null): void {
    this.#writer?.[Symbol.dispose]();
    this.#writer = transport && new PacedWriter(transport);
    this.#transport = transport;
  }

  take(chunk: Buffer): void {
    for (const key of this.#keys.read(chunk)) {
      // The end does not wait for what was pasted before it.
      if (key.do === 'end') this.#end();
      else this.#queue = this.#queue.then(() => this.#act(key)).catch((error: Error) => this.#tell(error.message));
    }
  }

  async #act(key: ReplKey): Promise<void> {
    if (key.do === 'help') return this.#tell(`keys\n${REPL_HELP.map((row) => `  ${row}`).join('\n')}\n`);
    if (key.do === 'power') return await this.#powerCycle();
    const transport = this.#transport;
    if (!transport) return;
    if (key.do === 'reset') await this.#reset(transport);
    else if (key.do === 'send') await this.#writer?.write(key.bytes);
  }

  async #reset(transport: Transport): Promise<void> {
    await transport.setSignals?.({ dtr: false, rts: true });
    if (!transport.setSignals || transport.hasSignals === false) {
      return this.#tell('this line has no RTS, which resets a chip; Ctrl-D is a soft reset');
    }
    await sleep(RESET_PULSE_MS);
    await transport.setSignals({ dtr: false, rts: false });
    await sleep(BOOT_MS);
    // As when the port was opened: a USB device of the chip's own sends only while DTR is set.
    await transport.setSignals({ dtr: true, rts: true });
    this.#tell('reset');
  }

  async #powerCycle(): Promise<void> {
    const way = this.#prepared.powerCycle;
    if (way === undefined) {
      return this.#tell('nothing switches this board off and on; give it a powerCycle command in wirewrap.config.ts');
    }
    this.#tell('switching the board off and on');
    if (typeof way === 'function') return await way();
    const { failed, stderr, shortMessage } = await execa('/bin/sh', ['-c', way], {
      reject: false,
      stdin: 'ignore',
      timeout: POWER_CYCLE_MS,
    });
    if (failed) throw new CliError('HOST', `the powerCycle command failed (${stderr.trim() || shortMessage})`);
  }
}
