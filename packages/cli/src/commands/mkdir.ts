import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { boardPath } from '../tools/board-path.ts';
import { TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const mkdirCommand: Command = {
  name: 'mkdir',
  summary: 'Make folders on the board.',
  positionals: 'FOLDER …',
  options: {
    ...TOOL_OPTIONS,
    parents: {
      type: 'boolean',
      short: 'p',
      description: 'Make the folders above it too; one that exists is no error.',
    },
  },
  notes: ['Example: wirewrap mkdir --board=/dev/ttyUSB0 -p :lib/drivers', TOOL_EXIT_CODES],
  async run(context) {
    const { positionals, values } = context;
    if (positionals.length === 0) throw new CliError('BAD_USAGE', 'Name a folder: wirewrap mkdir :lib.');
    const { withBoard } = await import('../tools/with-board.ts');
    const { makeFolder } = await import('../tools/make-folder.ts');
    await withBoard(context, 'mkdir', async ({ board }) => {
      for (const path of positionals.map(boardPath)) await makeFolder(board, path, values.parents === true);
    });
    return 0;
  },
};
