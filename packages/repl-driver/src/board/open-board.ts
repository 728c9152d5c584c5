import { ignored } from '../debug.ts';
import { isDeadline, type PanicPlace, ReplDriverError } from '../errors.ts';
import { checkSecrets } from '../line/concealer.ts';
import type { ReplaySession } from '../record/replay-session.ts';
import type { SessionRecorder } from '../record/session-recorder.ts';
import type { RecoveryEvent } from '../recovery/ladder.ts';
import { Session } from '../session/session.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { formatLine, type LineSettings, parseLine } from '../transport/line-settings.ts';
import type { Board } from './board.ts';
import { nonceSource } from './call-nonces.ts';
import { type LineOpener, lineOpener, type OpenLine, reopen, replayOpener } from './line-opener.ts';
import { openTransport } from './open-transport.ts';
import { type PowerCycle, powerCycler } from './power-cycler.ts';
import { ReplBoard } from './repl-board.ts';

/** How a board is opened: deadlines, power, records, secrets. */
export interface OpenBoardOptions {
  /** Milliseconds until opening fails, the way into the raw REPL included. Default 15,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Cuts the board's power for a moment: a shell command (such as `uhubctl -l 1-1 -a cycle`) or a function. One that fails is `BAD_VALUE`. */
  readonly powerCycle?: PowerCycle;
  /** Called with every rung of the recovery ladder that was tried. */
  readonly onRecovery?: (event: RecoveryEvent) => void;
  /** How the line is opened, also when it is reopened; it gets the line as `openBoard` did, text unread. Default `openTransport`. */
  readonly open?: OpenLine;
  /** A file that the session is recorded to as it passes, reset lines and reopened ports included; play it with `replay:FILE`. */
  readonly record?: string;
  /** Texts, such as passwords, that appear neither in errors (but for `args` and `output`) nor in records. */
  readonly secrets?: readonly string[];
  /** The ELF that the board's firmware was made of: a panic is told with file and line, where this machine has an addr2line for it. */
  readonly elf?: string;
  readonly clock?: Clock;
  /** Three characters from [0-9A-Za-z], others for each call. Default: random. */
  readonly nonce?: () => string;
}

/**
 * Opens the board at a URL, or on a line that `parseLine` gave, and brings it to the raw REPL. Fails with the codes of `openTransport`, with
 * `NOT_MICROPYTHON` when nothing there speaks the raw REPL, or with `BAD_VALUE` when an option is wrong or the record
 * cannot be written.
 *
 * @example
 * await using board = await openBoard('/dev/ttyUSB0');
 * await board.evaluate('6 * 7'); // 42
 */
export async function openBoard(where: string | LineSettings, options: OpenBoardOptions = {}): Promise<Board> {
  const clock = options.clock ?? systemClock;
  const password = isRead(where) && where.scheme === 'ws' ? where.password : undefined;
  checkSecrets(options.secrets ?? []);
  const secrets = [...(options.secrets ?? []), ...(password ? [password] : [])];
  const elf = options.elf === undefined ? undefined : await panicExplainer(options.elf);
  const deadline = new Deadline(options.deadlineMs ?? 15_000, { clock, signal: options.signal });
  const line = options.open || isRead(where) ? where : parseLine(where);
  const url = isRead(where) ? formatLine(where) : where;
  const replay = isRead(line) && line.scheme === 'replay' ? await replayOf(line.path) : undefined;
  const recorder =
    options.record === undefined ? undefined : await record(options.record, { ...options, secrets, clock });
  const open: LineOpener = replay
    ? replayOpener(replay, url, clock, secrets.length > 0)
    : lineOpener(line, { url, open: options.open ?? openTransport, recorder });
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
    ...(elf ? { explainPanic: elf } : {}),
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

function notMicroPython(url: string, { totalMs }: Deadline, cause: ReplDriverError): ReplDriverError {
  const came = 'cameInstead' in cause ? String(cause.cameInstead) : 'nothing';
  const error = new ReplDriverError(
    'NOT_MICROPYTHON',
    `The device at ${url} did not answer like MicroPython within ${Math.round(totalMs)} ms (it sent: ${came}); flash MicroPython 1.18 or newer, check the speed, or reset the board.`,
    { cause },
  );
  error.traffic = cause.traffic;
  return error;
}

/** What is neither text nor a line is for `parseLine` to refuse. */
function isRead(line: string | LineSettings): line is LineSettings {
  return typeof line === 'object' && line !== null;
}

/** Who has an ELF loads what reads it. */
async function panicExplainer(path: string): Promise<(place: PanicPlace) => Promise<string>> {
  const { readElf } = await import('../panic/elf-file.ts');
  const { explainPanic } = await import('../panic/explain-panic.ts');
  const elf = await readElf(path);
  return (place) => explainPanic(elf, place);
}

/** Recording and replaying are loaded by those who ask for them. */
async function record(path: string, options: OpenBoardOptions): Promise<SessionRecorder> {
  const { SessionRecorder } = await import('../record/session-recorder.ts');
  return new SessionRecorder(path, options);
}

async function replayOf(path: string): Promise<ReplaySession> {
  const { ReplaySession } = await import('../record/replay-session.ts');
  return new ReplaySession(path);
}
