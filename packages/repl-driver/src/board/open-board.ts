import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { NONCE_LENGTH } from '../agent/agent.ts';
import { ignored } from '../debug.ts';
import { isDeadline, ReplDriverError, type ReplDriverErrorCode } from '../errors.ts';
import { checkSecrets } from '../line/concealer.ts';
import { ReplaySession } from '../record/replay-session.ts';
import { SessionRecorder } from '../record/session-recorder.ts';
import type { RecoveryEvent } from '../recovery/ladder.ts';
import { Session } from '../session/session.ts';
import { type Clock, LONGEST_TIMER_MS, sleep, systemClock } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { type BoardUrl, formatBoardUrl, parseBoardUrl } from '../transport/board-url.ts';
import { stableName } from '../transport/stable-name.ts';
import type { Transport } from '../transport/transport.ts';
import type { Board } from './board.ts';
import { openTransport } from './open-transport.ts';
import { ReplBoard } from './repl-board.ts';

const REOPEN_PAUSE_MS = 100;
/** What opens a port is given a little less than the whole time: its own error tells more than that time is over. */
const OPENING_SHARE = 0.98;
const COMES_BACK: ReadonlySet<ReplDriverErrorCode> = new Set(['NO_SUCH_PORT', 'NO_PERMISSION', 'PORT_BUSY']);

export interface OpenBoardOptions {
  /** Milliseconds until opening fails, the way into the raw REPL included. Default 15,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Cuts the board's power for a moment: a shell command (such as `uhubctl -l 1-1 -a cycle`) or a function. One that fails is `BAD_VALUE`. */
  readonly powerCycle?: string | (() => Promise<void>);
  /** Told of every rung of the recovery ladder that was tried. */
  readonly onRecovery?: (event: RecoveryEvent) => void;
  /** How the transport is opened, also when the port is reopened. Default `openTransport`. */
  readonly open?: (url: string, options: { deadlineMs: number; signal?: AbortSignal }) => Promise<Transport>;
  /** A file that the session is recorded to as it passes, reset lines and reopened ports included; play it with `replay:FILE`. */
  readonly record?: string;
  /** Texts, such as passwords, that appear neither in errors (but for `args` and `output`) nor in records. */
  readonly secrets?: readonly string[];
  readonly clock?: Clock;
  /** Three characters from [0-9A-Za-z], others for each call. Default: random. */
  readonly nonce?: () => string;
}

/**
 * Opens the board at a URL, or at one that was taken apart already, and brings it to the raw REPL. Fails with the codes of `openTransport`, with
 * `NOT_MICROPYTHON` when nothing there speaks the raw REPL, or with `BAD_VALUE` when an option is wrong or the record
 * cannot be written.
 */
export async function openBoard(line: string | BoardUrl, options: OpenBoardOptions = {}): Promise<Board> {
  const url = typeof line === 'object' && line !== null ? formatBoardUrl(line) : line;
  const clock = options.clock ?? systemClock;
  const secrets = options.secrets ?? [];
  checkSecrets(secrets);
  const deadline = new Deadline(options.deadlineMs ?? 15_000, { clock, signal: options.signal });
  const replay = options.open ? undefined : replayOf(url);
  const recorder =
    options.record === undefined ? undefined : new SessionRecorder(options.record, { ...options, clock });
  const open = portOpener(url, options, clock, { recorder, replay });
  const powerCycle = options.powerCycle === undefined ? undefined : powerCycler(options.powerCycle);
  const transport = await open(deadline).catch((error: unknown) => {
    recorder?.end();
    throw error;
  });
  const session = new Session(transport, {
    clock,
    nonce: options.nonce ?? nonceSource(replay),
    secrets,
    onClosed: () => recorder?.end(),
    onRecovery: options.onRecovery ?? (() => {}),
    reopen: (limit) => reopen(open, limit),
    ...(powerCycle ? { powerCycle } : {}),
  });
  try {
    await session.call('the raw REPL', deadline, async () => {});
  } catch (error) {
    // Hands the port back, but not past the deadline: what is left of it goes on behind.
    await deadline.race(session.close(), 'the session to close').catch(ignored('closing the session'));
    throw isDeadline(error) ? notMicroPython(url, deadline, error as ReplDriverError) : error;
  }
  return new ReplBoard(session);
}

type Opener = (limit: Deadline, again?: boolean) => Promise<Transport>;

/** Opens the port, recorded when asked for; `again` uses the name that outlives a USB device's re-enumeration. */
function portOpener(
  url: string,
  options: OpenBoardOptions,
  clock: Clock,
  { recorder, replay }: { recorder: SessionRecorder | undefined; replay: ReplaySession | undefined },
): Opener {
  const target = options.open ? null : parseBoardUrl(url);
  const stable = target?.scheme === 'serial' ? stableName(target.path) : undefined;
  const alias = target?.scheme === 'serial' && stable ? `serial:${stable}?baud=${target.baudRate}` : url;
  return async (limit, again = false) => {
    if (replay) return replay.connect(url, { clock, concealed: (options.secrets ?? []).length > 0 });
    const opening = (options.open ?? openTransport)(again ? alias : url, {
      deadlineMs: limit.remainingMs * OPENING_SHARE,
      ...(limit.signal ? { signal: limit.signal } : {}),
    });
    const transport = await limit.race(opening, `${url} to open`).catch((error: unknown) => {
      // One that opens after we gave up must not keep the port.
      void opening.then((late) => late.close()).catch(ignored('closing a port that opened late'));
      throw error;
    });
    return recorder?.record(transport) ?? transport;
  };
}

/**
 * A USB device that reset, or an emulator that starts anew, is gone for a moment, and a port server may hold the old
 * connection for one: tries until it is back or the deadline passes.
 */
async function reopen(open: Opener, limit: Deadline): Promise<Transport> {
  for (;;) {
    try {
      return await open(limit, true);
    } catch (error) {
      const gone = error instanceof ReplDriverError && COMES_BACK.has(error.code);
      if (!gone || limit.remainingMs < REOPEN_PAUSE_MS) throw error;
      await sleep(limit.clock, REOPEN_PAUSE_MS);
    }
  }
}

function notMicroPython(url: string, { totalMs }: Deadline, cause: ReplDriverError): ReplDriverError {
  const came = 'cameInstead' in cause ? String(cause.cameInstead) : 'nothing';
  const error = new ReplDriverError(
    'NOT_MICROPYTHON',
    `The device at ${url} did not answer like MicroPython within ${Math.round(totalMs)} ms (what came: ${came}); flash MicroPython 1.18 or newer, check the speed, or reset the board.`,
    { cause },
  );
  error.traffic = cause.traffic;
  return error;
}

function replayOf(url: string): ReplaySession | undefined {
  const target = parseBoardUrl(url);
  return target.scheme === 'replay' ? new ReplaySession(target.path) : undefined;
}

/** A replayed session answers only to the nonces that it was recorded with. */
function nonceSource(replay: ReplaySession | undefined): () => string {
  const recorded = [...(replay?.nonces ?? [])];
  return () => recorded.shift() ?? randomNonce();
}

const NONCE_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function randomNonce(): string {
  return Array.from({ length: NONCE_LENGTH }, () => NONCE_ALPHABET[randomInt(NONCE_ALPHABET.length)]).join('');
}

function powerCycler(way: string | (() => Promise<void>)): (deadline: Deadline) => Promise<void> {
  if (typeof way === 'function') {
    const cycle = async () => {
      try {
        await way();
      } catch (cause) {
        const message = `The powerCycle function failed (${cause instanceof Error ? cause.message : String(cause)}); try it by itself.`;
        throw new ReplDriverError('BAD_VALUE', message, { cause });
      }
    };
    return (deadline) => deadline.race(cycle(), 'the power cycle');
  }
  return (deadline) => {
    const ran = new Promise<void>((resolve, reject) => {
      const child = execFile(
        '/bin/sh',
        ['-c', way],
        {
          timeout: Math.min(Math.max(1, Math.ceil(deadline.remainingMs)), LONGEST_TIMER_MS),
          ...(deadline.signal ? { signal: deadline.signal } : {}),
        },
        (error, _stdout, stderr) => {
          if (!error) return resolve();
          const message = `The power-cycle command failed (${stderr.trim().split('\n').at(-1) || error.message}); try it in a shell: ${way}`;
          reject(new ReplDriverError('BAD_VALUE', message, { cause: error }));
        },
      );
      child.stdin?.end();
    });
    return deadline.race(ran, 'the power-cycle command');
  };
}
