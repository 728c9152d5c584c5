import type { CommandOption } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { WAIT_OPTION } from '../config/common-options.ts';

export type ToolOptionName = 'board' | 'elf' | 'wait';

/** Options of the everyday commands, which need the board's REPL and no network. */
export const TOOL_OPTIONS: Readonly<Record<ToolOptionName, CommandOption>> = {
  board: BOARD_OPTIONS.board,
  elf: BOARD_OPTIONS.elf,
  wait: WAIT_OPTION,
};

export const TOOL_EXIT_CODES =
  'Exit code: 0 done, 1 the program on the board raised, 2 bad input or no board, 130 Ctrl-C.';

export type ProgramOptionName = 'resume' | 'timeout';

/** Options of the commands that run a program. */
export const PROGRAM_OPTIONS: Readonly<Record<ProgramOptionName, CommandOption>> = {
  resume: { type: 'boolean', description: 'Keep the running interpreter with its variables: no soft reset before.' },
  timeout: { type: 'string', placeholder: 'SECONDS', description: 'End the program after that time. Default: never.' },
};
