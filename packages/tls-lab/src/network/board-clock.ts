import { type Board, firmwareModule, parseLiteral, py } from '@wirewrap/repl-driver';

/** The outcome of setting the board's clock. */
export interface ClockSetting {
  readonly set: boolean;
  /** What the board's clock says now, in UTC. */
  readonly now: Date;
  /** Why it was not set, in a sentence; null when it was. */
  readonly reason: string | null;
}

/** Seconds by which the clock may differ after it was set: the line and the board take their time. */
const TOLERANCE_SECONDS = 5;

/** Found past the board's files, which takes 0.3 s on an ESP32. */
const TIME = firmwareModule('time').source;
const MACHINE = firmwareModule('machine');

/**
 * The board's clock. `time.time()` counts from 2000 on the ESP32 and from 1970 on the unix port; `gmtime(0)` tells.
 *
 * @example const behindMs = Date.now() - (await readClock(board)).getTime();
 */
export async function readClock(board: Board): Promise<Date> {
  const printed = await board.exec(`print((${TIME}.time(), ${TIME}.gmtime(0)[0]))`);
  const [seconds, epoch] = parseLiteral(printed.trim()) as [number, number];
  return new Date(Date.UTC(epoch, 0, 1) + Math.floor(seconds) * 1000);
}

/**
 * Sets the clock for cases that validate: after power-on an ESP32 is in the year 2000, where every certificate starts
 * in the future. Where the firmware cannot (the unix port uses the host's clock) the answer says why.
 *
 * @example const { set, reason } = await setClock(board, new Date());
 */
export async function setClock(board: Board, date: Date): Promise<ClockSetting> {
  const [weekday, fields] = [(date.getUTCDay() + 6) % 7, dateFields(date)];
  const tuple = py`(${fields[0]}, ${fields[1]}, ${fields[2]}, ${weekday}, ${fields[3]}, ${fields[4]}, ${fields[5]}, 0)`;
  const printed = await board.exec(py`
    try:
        ${MACHINE}.RTC().datetime(${tuple})
        print('')
    except Exception as _wwerr:
        print(type(_wwerr).__name__ + ': ' + str(_wwerr))
  `);
  const failure = printed.trim();
  const now = await readClock(board);
  if (failure !== '') return { set: false, now, reason: `The firmware cannot set its clock (${failure}).` };
  const off = Math.abs(now.getTime() - date.getTime()) / 1000;
  if (off <= TOLERANCE_SECONDS) return { set: true, now, reason: null };
  return { set: false, now, reason: `The clock took the date but differs from it by ${off.toFixed(0)} s.` };
}

/** No board of this age knows what day it is: it was switched on without a clock. */
const FIRST_PLAUSIBLE_YEAR = 2020;

/**
 * Sets a clock that was never set (an ESP32 starts in 2000, where every certificate begins in the future) to `now`; any
 * other stays as it is.
 */
export async function startClock(board: Board, now: () => Date = () => new Date()): Promise<void> {
  const year = await board.exec(`print(${TIME}.gmtime()[0])`);
  if (Number(year.trim()) < FIRST_PLAUSIBLE_YEAR) await setClock(board, now());
}

function dateFields(date: Date): [number, number, number, number, number, number] {
  return [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
}
