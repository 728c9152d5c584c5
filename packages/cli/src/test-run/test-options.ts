import type { CommandOption } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { CASE_OPTIONS } from './case-options.ts';

/** Options of `wirewrap test` that are not vitest's. */
export const TEST_OPTIONS: Readonly<Record<string, CommandOption>> = {
  ...BOARD_OPTIONS,
  board: {
    type: 'string',
    multiple: true,
    placeholder: 'BOARD',
    description:
      'URL, name or tag:NAME of a board to run the board suites on; may be repeated. Default: every project, on the only ESP32 that is plugged in, else on the virtual board.',
  },
  split: {
    type: 'boolean',
    description: 'Share the cases among several boards of one firmware: each case once, one record.',
  },
  baseline: { type: 'string', placeholder: 'FILE', description: 'Reviewed run record to compare this run with.' },
  ...CASE_OPTIONS,
  list: { type: 'boolean', description: 'List the cases that would run, with claims and findings; run nothing.' },
  json: { type: 'boolean', description: 'With --list or --profile: as JSON.' },
  profile: { type: 'boolean', description: 'Say where the time of the run went: line, handshake, waiting, host.' },
  wait: { type: 'boolean', description: 'Queue until a board that somebody else uses is free.' },
  verbose: { type: 'boolean', description: 'At a terminal, list the files and tests that passed, too.' },
  serial: { type: 'boolean', description: 'Show the serial line as it passes.' },
};
