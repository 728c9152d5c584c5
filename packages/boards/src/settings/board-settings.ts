import type { NetworkSettings } from '@wirewrap/tls-lab';
import { type BoardPlace, labelOf, parsePlace } from '../kinds/kinds.ts';

/** What is said of a board beside where it is. */
export interface BoardExtras {
  /** Short name for lines of text and file names. */
  readonly label: string;
  /** How board and host reach each other; what is missing is found out. */
  readonly network: NetworkSettings;
  /** Shell command that switches the board off and on. */
  readonly powerCycle?: string;
  /** Socket at which the process that started the board switches it off and on. */
  readonly powerSocket?: string;
  /** Shell command that runs while the board is used, and the milliseconds that the board may take to answer then. */
  readonly start?: { readonly command: string; readonly deadlineMs: number };
  /** Milliseconds that the board gets to answer before a test. Default 10,000. */
  readonly answerMs?: number;
  /** Milliseconds for a reset where it does not answer. Default 25,000. */
  readonly resetMs?: number;
  /** What was started, where the settings are those of its line. */
  readonly startedFrom?: BoardPlace;
  /** Absolute path of the ELF that the firmware was made of: panics are told with file and line. */
  readonly elf?: string;
  /** File that gets a copy of what the board sends. */
  readonly serialLog?: string;
}

/**
 * What a board URL, the configuration and the flags say of a board, parsed once: a union with one member a scheme. It is
 * plain data, so that one process can hand it to another.
 */
export type BoardSettings = BoardPlace &
  BoardExtras & {
    /** The URL as it was typed; it names the board in records and messages. */
    readonly url: string;
  };

/**
 * Reads a board URL. Fails with `BAD_URL` in one sentence.
 *
 * @example parseBoard('serial:/dev/ttyUSB0?baud=921600'); // { scheme: 'serial', path: '/dev/ttyUSB0', … }
 */
export function parseBoard(url: string, extras: Partial<BoardExtras> = {}): BoardSettings {
  const place = parsePlace(url);
  return { network: {}, label: labelOf(place, url), ...extras, ...place, url };
}

/**
 * Where a board is, apart from what else is said of it.
 *
 * @example const { place, url, ...extras } = apart(parseBoard('virtual'));
 */
export function apart(settings: BoardSettings): BoardExtras & { readonly place: BoardPlace; readonly url: string } {
  const {
    url,
    label,
    network,
    powerCycle,
    powerSocket,
    start,
    answerMs,
    resetMs,
    startedFrom,
    elf,
    serialLog,
    ...place
  } = settings;
  const extras = { powerCycle, powerSocket, start, answerMs, resetMs, startedFrom, elf, serialLog };
  const given = Object.fromEntries(Object.entries(extras).filter(([, value]) => value !== undefined));
  return { ...given, url, label, network, place };
}
