import { isDeadline, ReplDriverError } from '../errors.ts';
import { INTERRUPT } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import { enterRaw } from '../repl/enter-raw.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import type { ModemSignals } from '../transport/transport.ts';
import { OUTLAST_MS, outlastReceiver } from './outlast.ts';

/** What a rung may work with. */
export interface RungContext {
  readonly line: () => Line;
  /** Throws once the session was closed: nothing more is to be tried then, least of all to open the port. */
  readonly throwIfClosed: () => void;
  /** What the board has sent since the call began, for an error. */
  readonly came: () => string;
  /** Closes the transport and opens it again; absent when the session was given an open transport. */
  readonly reopen?: (deadline: Deadline) => Promise<void>;
  /** The user's way to cut the board's power for a moment. */
  readonly powerCycle?: (deadline: Deadline) => Promise<void>;
}

export interface Rung {
  readonly name: string;
  readonly deadlineMs: number;
  /** Why this rung cannot be used here; null when it can. */
  readonly unavailable: (context: RungContext) => string | null;
  /** Resolves when the raw REPL answers. */
  readonly run: (context: RungContext, deadline: Deadline) => Promise<void>;
}

const lineGone = ({ line }: Pick<RungContext, 'line'>) => (line().closeReason ? 'the connection is gone' : null);
/** EN is held low for this long. */
const RESET_PULSE_MS = 100;
/** What the lines do to an ESP32 board: both off and both on let it run, DTR on alone pulls GPIO0 low. */
const IN_RESET: ModemSignals = { dtr: false, rts: true };
const RUNNING: ModemSignals = { dtr: false, rts: false };
const AS_OPENED: ModemSignals = { dtr: true, rts: true };
/** EN must not stay low, whatever became of the call. */
const RELEASE_MS = 3_000;

/** How long a port may be missing, and how long Ctrl-C is tried on it before a receiver is suspected. */
const OPEN_MS = 5_000;
const ANSWER_MS = 1_500;
const REOPEN_PAUSE_MS = 100;
/** How long connections may be dropped as soon as they stand. */
const DROPS_MS = 2_000;
const REOPEN_MS = OPEN_MS + ANSWER_MS + OUTLAST_MS + 1_000;

/** From gentle to rough. */
export const RUNGS: readonly Rung[] = [
  {
    name: 'ctrl-c',
    deadlineMs: 1_500,
    unavailable: lineGone,
    run: async ({ line }, deadline) => void (await enterRaw(line(), deadline)),
  },
  {
    name: 'ctrl-c twice, ctrl-b',
    deadlineMs: 1_500,
    unavailable: lineGone,
    run: async ({ line }, deadline) => {
      await interruptBursts(line(), deadline.within(deadline.remainingMs / 2));
      await enterRaw(line(), deadline);
    },
  },
  {
    name: 'outlast a transfer',
    deadlineMs: OUTLAST_MS,
    unavailable: lineGone,
    run: async ({ line }, deadline) => {
      if (!(await outlastReceiver(line(), deadline))) throw deadline.error('a receiver of files', 'no sign of one');
      await enterRaw(line(), deadline);
    },
  },
  {
    name: 'soft reset',
    deadlineMs: 2_500,
    unavailable: lineGone,
    run: async ({ line }, deadline) => {
      await line().write('\r\x03\x03\x02', deadline);
      await line().drain(50, deadline.within(300));
      await line().write('\r\x04', deadline);
      await line().until('the soft reset', deadline.within(1_000), (waiting) =>
        waiting.includes('reboot') ? true : undefined,
      );
      await enterRaw(line(), deadline);
    },
  },
  {
    name: 'run reset',
    deadlineMs: 6_000,
    unavailable: ({ line }) =>
      lineGone({ line }) ?? (line().transport.setSignals ? null : 'this connection has no modem lines'),
    run: async ({ line }, deadline) => {
      if (!(await pulseReset(line(), deadline))) throw deadline.error('a run reset', 'a device without modem lines');
      await enterRaw(line(), deadline);
    },
  },
  {
    name: 'reopen the port',
    deadlineMs: REOPEN_MS,
    unavailable: ({ reopen }) => (reopen ? null : 'the session was given an open transport'),
    run: reopenPort,
  },
  {
    name: 'power cycle',
    deadlineMs: 20_000,
    unavailable: ({ powerCycle }) => (powerCycle ? null : 'no powerCycle command was given'),
    run: async ({ line, reopen, powerCycle }, deadline) => {
      await powerCycle?.(deadline);
      await bootSettled(line(), deadline);
      if (line().closeReason && reopen) await reopen(deadline);
      await enterRaw(line(), deadline);
    },
  },
];

/** What does no more to a board than to ask it. */
export const ASKING_RUNGS: readonly Rung[] = RUNGS.slice(0, 2);

/** For a board that boots: nothing that resets it, and its port is opened only when it went away. */
export const GENTLE_RUNGS: readonly Rung[] = [
  ...ASKING_RUNGS,
  {
    name: 'reopen the port',
    deadlineMs: REOPEN_MS,
    unavailable: ({ line, reopen }) => {
      if (!line().closeReason) return 'the connection stands';
      return reopen ? null : 'the session was given an open transport';
    },
    run: reopenPort,
  },
];

/** A connection that broke in the middle of a transfer leaves a receiver behind, which takes Ctrl-C for data. */
async function reopenPort({ line, reopen }: RungContext, deadline: Deadline): Promise<void> {
  for (let drops: Deadline | undefined; ; ) {
    const broke = line().closeReason !== null;
    await reopen?.(deadline.within(OPEN_MS));
    try {
      return await talkAgain(line(), deadline, { broke });
    } catch (error) {
      if (!line().closeReason) throw error;
      // A port server that is just going down takes a connection and drops it; a program that always ends does not change.
      drops ??= deadline.within(DROPS_MS);
      if (drops.remainingMs < REOPEN_PAUSE_MS) throw error;
      await sleep(deadline.clock, REOPEN_PAUSE_MS);
    }
  }
}

async function talkAgain(line: Line, deadline: Deadline, { broke }: { broke: boolean }): Promise<void> {
  const openedMs = line.lastByteMs;
  try {
    await enterRaw(line, deadline.within(ANSWER_MS));
  } catch (error) {
    // One that boots because its port was opened has said so by now.
    if (!isDeadline(error) || (!broke && line.lastByteMs === openedMs)) throw error;
    // No receiver: it may still be sending what it had to say when the connection broke.
    if (broke) await outlastReceiver(line, deadline);
    await enterRaw(line, deadline.within(OPEN_MS));
  }
}

/** Ctrl-C in bursts: the second of two that come close may strike inside `except KeyboardInterrupt`. */
async function interruptBursts(line: Line, deadline: Deadline): Promise<void> {
  for (let burst = 0; !deadline.over; burst++) {
    await line.write(INTERRUPT.repeat(2 + (burst % 8) * 4), deadline);
    const came = await line.drain(30, deadline.within(120));
    if (came.subarray(-4).toString('latin1') === '>>> ') return;
  }
}

/**
 * DTR=0, RTS=1 holds EN low; then it runs, also when the deadline passes meanwhile. Once it has booted the lines are again
 * as opening the port leaves them: an ESP32-S2 or -S3 on its own USB sends nothing while one of them is off
 * (ports/esp32/usb.c, `usb_cdc_connected`). False when the device has no such lines. A device that goes away with the reset
 * (USB) is not waited for.
 */
export async function pulseReset(line: Line, deadline: Deadline, onPulsed: () => void = () => {}): Promise<boolean> {
  const { transport } = line;
  if (!transport.setSignals) return false;
  line.take();
  try {
    await deadline.race(transport.setSignals(IN_RESET), 'the modem lines');
    if (transport.hasSignals === false) return false;
    await sleep(deadline.clock, RESET_PULSE_MS);
  } finally {
    if (transport.hasSignals !== false) await setLines(line, RUNNING, deadline.detached(RELEASE_MS));
  }
  onPulsed();
  deadline.throwIfOver('the board to run again');
  await bootSettled(line, deadline);
  await setLines(line, AS_OPENED, deadline.detached(RELEASE_MS));
  return true;
}

async function setLines(line: Line, signals: ModemSignals, deadline: Deadline): Promise<void> {
  const { transport } = line;
  try {
    await deadline.race(transport.setSignals?.(signals) ?? Promise.resolve(), 'the modem lines');
  } catch (error) {
    const gone = error instanceof ReplDriverError && error.code === 'TRANSPORT_CLOSED';
    if (!line.closeReason && !gone) throw error;
  }
}

/** Waits for the boot messages to begin and to end. */
export async function bootSettled(line: Line, deadline: Deadline): Promise<void> {
  try {
    const patience = deadline.within(2_000);
    await line.until('boot messages', patience, (waiting) => (waiting.includes('>>> ') ? true : undefined));
  } catch (error) {
    if (!(error instanceof ReplDriverError)) throw error;
  }
}
