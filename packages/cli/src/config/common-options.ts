import type { CommandOption } from '../command.ts';

/** `--wait` of each command that leases a board. */
export const WAIT_OPTION: CommandOption = { type: 'boolean', description: 'Queue until the board is free.' };

/** `--json` of each command that has one answer. */
export const JSON_OPTION: CommandOption = { type: 'boolean', description: 'Print JSON.' };

/** `--json` where it wants a word more: what the document holds, or what the option goes with. */
export function jsonOption(more: string): CommandOption {
  return { type: 'boolean', description: `Print JSON: ${more}.` };
}
