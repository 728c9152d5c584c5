import type { CommandOption } from '../command.ts';

export type BoardOptionName = 'board' | 'host' | 'listen' | 'board-address' | 'board-port' | 'elf';

/** Options of every command that works on one board. */
export const BOARD_OPTIONS: Readonly<Record<BoardOptionName, CommandOption>> = {
  board: {
    type: 'string',
    placeholder: 'BOARD',
    description:
      'URL or name of the board. Default: WIREWRAP_BOARD, else the only ESP32 that is plugged in, else the virtual board.',
  },
  host: { type: 'string', placeholder: 'ADDRESS', description: 'Address at which the board reaches this host.' },
  listen: { type: 'string', placeholder: 'ADDRESS', description: "Address that the host's servers bind to." },
  'board-address': {
    type: 'string',
    placeholder: 'HOST[:PORT]',
    description: 'Address at which this host reaches the board; the port when it is forwarded.',
  },
  'board-port': { type: 'string', placeholder: 'PORT', description: 'Port that the board listens on.' },
  elf: {
    type: 'string',
    placeholder: 'FILE',
    description:
      'ELF of the firmware on the board: panics are shown with file and line, by addr2line of the toolchain.',
  },
};
