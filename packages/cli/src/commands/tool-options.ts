import type { CommandOption } from '../command.ts';
import { boardOptions } from '../config/board-options.ts';

/** Options of the everyday commands, which need the board's REPL and no network. */
export const toolOptions = {
  board: boardOptions.board,
  wait: { type: 'boolean', description: 'Queue until the board is free.' },
} satisfies Record<string, CommandOption>;

export const toolExitCodes =
  'Exit code: 0 done, 1 the program on the board raised, 2 bad input or no board, 130 Ctrl-C.';

/** Options of the commands that run a program. */
export const programOptions = {
  resume: { type: 'boolean', description: 'Keep the running interpreter with its variables: no soft reset before.' },
  timeout: { type: 'string', placeholder: 'SECONDS', description: 'End the program after that time. Default: never.' },
} satisfies Record<string, CommandOption>;
