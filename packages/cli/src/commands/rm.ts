import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { boardPath } from '../tools/board-path.ts';
import { TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const rmCommand: Command = {
  name: 'rm',
  summary: 'Remove files from the board, with -r folders and all that is in them.',
  positionals: 'PATH …',
  options: {
    ...TOOL_OPTIONS,
    recursive: { type: 'boolean', short: 'r', description: 'Folders too, with all that is in them.' },
    force: { type: 'boolean', short: 'f', description: 'What does not exist is no error.' },
    verbose: { type: 'boolean', short: 'v', description: 'Name what is removed.' },
  },
  notes: [
    'Nothing is removed unless every path that was named can be. `rm -r :/` empties the board.',
    'Example: wirewrap rm --board=/dev/ttyUSB0 -r :lib',
    TOOL_EXIT_CODES,
  ],
  async run(context) {
    const { positionals, values, stdout } = context;
    if (positionals.length === 0) throw new CliError('BAD_USAGE', 'Name what to remove: wirewrap rm :main.py.');
    const { withBoard } = await import('../tools/with-board.ts');
    const { removePaths } = await import('../tools/remove-paths.ts');
    await withBoard(context, 'rm', ({ board }) =>
      removePaths(board, positionals.map(boardPath), {
        recursive: values.recursive === true,
        force: values.force === true,
        onRemoved: (path) => void (values.verbose && stdout.write(`removed :${path}\n`)),
      }),
    );
    return 0;
  },
};
