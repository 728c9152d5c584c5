import type { CommandOption } from '../command.ts';
import { boardOptions } from '../config/board-options.ts';
import { caseOptions } from './case-options.ts';

/** Options of `wirewrap test` that are not vitest's. */
export const testOptions = {
  ...boardOptions,
  board: {
    type: 'string',
    multiple: true,
    placeholder: 'BOARD',
    description:
      'URL, name or tag:NAME of a board to run the board suites on; may be repeated. Default: every project, on the only ESP32 that is plugged in, else on the virtual board.',
  },
  baseline: { type: 'string', placeholder: 'FILE', description: 'Reviewed run record to compare this run with.' },
  ...caseOptions,
  list: { type: 'boolean', description: 'List the cases that would run, with claims and findings; run nothing.' },
  json: { type: 'boolean', description: 'With --list: as JSON.' },
  wait: { type: 'boolean', description: 'Queue until a board that somebody else uses is free.' },
  verbose: { type: 'boolean', description: 'At a terminal, list the files and tests that passed, too.' },
  serial: { type: 'boolean', description: 'Show the serial line as it passes.' },
} satisfies Record<string, CommandOption>;
