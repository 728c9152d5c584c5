import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { boardPath } from '../tools/board-path.ts';
import { TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const catCommand: Command = {
  name: 'cat',
  summary: 'Print files of the board, byte for byte.',
  positionals: 'FILE …',
  options: TOOL_OPTIONS,
  notes: ['Example: wirewrap cat --board=/dev/ttyUSB0 :main.py', TOOL_EXIT_CODES],
  async run(context) {
    const { positionals, signal, stdout } = context;
    if (positionals.length === 0) throw new CliError('BAD_USAGE', 'Name a file: wirewrap cat :main.py.');
    const { withBoard } = await import('../tools/with-board.ts');
    const { onPath } = await import('../tools/file-error.ts');
    await withBoard(context, 'cat', async ({ board }) => {
      for (const path of positionals.map(boardPath)) {
        stdout.write(await onPath(path, () => board.files.read(path, { signal })));
      }
    });
    return 0;
  },
};
