import type { PortInfo } from '../board/serial-ports.ts';
import { CliError } from '../errors.ts';

/** The board of a command that names none. */
export interface FoundBoard {
  readonly url: string;
  /** Why it is this one, in one sentence. */
  readonly reason: string;
}

/**
 * The only ESP32 that is plugged in, by the USB ids of its bridge or chip; without one, the virtual board. Fails with
 * `BAD_USAGE` when there are several.
 */
export function findBoard(ports: readonly PortInfo[]): FoundBoard {
  const boards = ports.filter(({ bridge }) => bridge !== null);
  const [board] = boards;
  if (!board) {
    const reason = 'No --board is given and no ESP32 is plugged in by USB: this is the virtual board.';
    return { url: 'virtual', reason };
  }
  if (boards.length === 1) {
    return { url: board.path, reason: `No --board is given: this is ${described(board)}, the only board on USB.` };
  }
  const named = boards.map(described).join(' and ');
  throw new CliError(
    'BAD_USAGE',
    `${boards.length} boards are plugged in, ${named}: choose one with --board=${board.path}, or by WIREWRAP_BOARD.`,
  );
}

function described({ path, bridge, usb }: PortInfo): string {
  return `${path} (${bridge}, USB ${usb})`;
}
