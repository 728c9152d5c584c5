import { BoardResetError, type ResetCause } from '../errors.ts';
import { panicPlace } from './panic-addresses.ts';

const KEPT = 8192;
/** Silence after a reset's messages, when no prompt follows them (main.py runs), that settles the matter. */
export const SILENCE_AFTER_RESET_MS = 1500;
/** The same when a prompt does. */
export const SILENCE_AFTER_PROMPT_MS = 250;

interface PanicSign {
  readonly pattern: RegExp;
  readonly reason: (match: RegExpExecArray) => string;
  /** Default `panic`. */
  readonly cause?: ResetCause;
}

/** Those that say most come first. Source: ESP-IDF panic handler, ROM and MicroPython messages. */
const PANICS: readonly PanicSign[] = [
  {
    pattern: /Guru Meditation Error: (Core\s+\d+ panic'ed \([^)\r\n]*\))[^\r\n]*/,
    reason: (match) => `Guru Meditation Error: ${match[1]}`,
  },
  { pattern: /Guru Meditation Error[^\r\n]*/, reason: (match) => match[0] },
  { pattern: /CORRUPT HEAP: [^\r\n]*/, reason: (match) => match[0] },
  { pattern: /ESP_ERROR_CHECK failed: [^\r\n]*/, reason: (match) => match[0] },
  { pattern: /NLR jump failed, val=[^\r\n]*/, reason: (match) => match[0] },
  { pattern: /mp_task_heap allocation failed!/, reason: (match) => match[0] },
  {
    pattern: /abort\(\) was called at PC (0x[\da-f]+)[^\r\n]*/,
    reason: (match) => `abort() was called at PC ${match[1]}`,
  },
  { pattern: /assert failed: [^\r\n]*/, reason: (match) => match[0] },
  { pattern: /Stack smashing protect failure![^\r\n]*/, reason: (match) => match[0] },
  { pattern: /\*\*\*ERROR\*\*\* A stack overflow in task [^\r\n]*/, reason: (match) => match[0] },
  {
    pattern: /Brownout detector was triggered/,
    reason: () => 'brown-out: the supply voltage dropped; use a better cable or supply',
    cause: 'brown-out',
  },
  { pattern: /Task watchdog got triggered[^\r\n]*/, reason: (match) => match[0], cause: 'watchdog' },
  { pattern: /interpreter killed by (\w+)/, reason: (match) => `the interpreter was killed by ${match[1]}` },
];
const ROM_RESET = /rst:(0x[\da-f]+) \((\w+)\),\s?boot:0x[\da-f]+/gi;
const SOFT_REBOOT = /MPY: soft reboot\r\n/;
const BANNER = /MicroPython v?[^\r\n]+\r\nType "help\(\)"[^\r\n]*\r\n(?:[^\r\n]*>>> )?$/;
const RAW_BANNER = /raw REPL; CTRL-B to exit\r\n>$/;

/**
 * `rebooting`: boot messages came and no prompt yet; `certain`: they ended in one; `alarm`: words of a panic or a soft
 * reset, which a program may also print.
 */
export type ResetSigns = 'none' | 'alarm' | 'rebooting' | 'certain';

const ALARM =
  /rst:0x|soft reboot|Guru Medi|abort\(\)|assert failed|Stack smash|\*\*\*ERROR|Brownout|watchdog|killed by|CORRUPT HEAP|_CHECK failed|NLR jump|mp_task_heap|help\(\)"/;
const OVERLAP = 24;

/** Watches what a running program sends for the marks of a panic, a boot or a soft reset. */
export class ResetWatch {
  #tail = '';
  #alarmed = false;

  add(bytes: Uint8Array): void {
    const text = Buffer.from(bytes).toString('latin1');
    this.#alarmed ||= ALARM.test(this.#tail.slice(-OVERLAP) + text);
    this.#tail = (this.#tail + text).slice(-KEPT);
  }

  /** `pending` is looked at, not kept. */
  signs(pending: Uint8Array = new Uint8Array()): ResetSigns {
    const more = Buffer.from(pending.subarray(-KEPT)).toString('latin1');
    if (!this.#alarmed && !ALARM.test(this.#tail.slice(-OVERLAP) + more)) return 'none';
    const text = this.#tail + more;
    const booted = text.search(ROM_RESET) >= 0;
    if (BANNER.test(text)) return 'certain';
    if ((booted || SOFT_REBOOT.test(text)) && RAW_BANNER.test(text)) return 'certain';
    return booted ? 'rebooting' : 'alarm';
  }

  /** Whether it can only be a reset: any program may print words of alarm alone. */
  hasReset(pending: Uint8Array = new Uint8Array()): boolean {
    const signs = this.signs(pending);
    if (signs !== 'alarm') return signs !== 'none';
    const text = this.#tail + Buffer.from(pending).toString('latin1');
    return panicReason(text) !== undefined || SOFT_REBOOT.test(text);
  }

  error(pending: Uint8Array, output: string): BoardResetError {
    const text = this.#tail + Buffer.from(pending).toString('latin1');
    const panic = panicReason(text);
    if (panic) return new BoardResetError('BOARD_PANIC', { ...panic, output, place: panicPlace(text) ?? null });
    return new BoardResetError('BOARD_RESET', { ...resetReason(text), output });
  }
}

interface Reset {
  readonly resetCause: ResetCause;
  readonly reason: string;
}

/** The decoded reason of a panic in serial text; undefined when there was none. */
function panicReason(text: string): Reset | undefined {
  for (const { pattern, reason, cause = 'panic' } of PANICS) {
    const match = pattern.exec(text);
    if (match) return { resetCause: cause, reason: reason(match) };
  }
  const rom = [...text.matchAll(ROM_RESET)].at(-1);
  // First: the ROM calls it RTCWDT_BROWN_OUT_RESET.
  if (rom && /BROWN/.test(rom[2] ?? '')) return { resetCause: 'brown-out', reason: `brown-out reset ${rom[2]}` };
  if (rom && /WDT/.test(rom[2] ?? '')) return { resetCause: 'watchdog', reason: `watchdog reset ${rom[2]}` };
  return undefined;
}

/** What kind of reset the serial text shows. */
function resetReason(text: string): Reset {
  const rom = [...text.matchAll(ROM_RESET)].at(-1);
  if (rom) return { resetCause: 'hard reset', reason: `hard reset, ${rom[1]} ${rom[2]}` };
  if (SOFT_REBOOT.test(text)) return { resetCause: 'soft reset', reason: 'soft reset' };
  return { resetCause: 'boot', reason: 'the board booted again' };
}
