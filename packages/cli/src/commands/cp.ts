import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { parseTypedPath } from '../tools/board-path.ts';
import { TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const cpCommand: Command = {
  name: 'cp',
  summary: 'Copy files and folders to the board, from it, or on it; `:` marks the board.',
  positionals: 'FROM … TO',
  options: {
    ...TOOL_OPTIONS,
    recursive: { type: 'boolean', short: 'r', description: 'Folders too, with all that is in them.' },
    force: { type: 'boolean', short: 'f', description: 'Send files again that are the same on the board already.' },
    verbose: { type: 'boolean', short: 'v', description: 'Name every file that is copied.' },
  },
  notes: [
    'TO is a folder that exists, or the new name of one file or folder. Each file is written whole or not at all.',
    'Examples: wirewrap cp --board=/dev/ttyUSB0 main.py :',
    '          wirewrap cp --board=/dev/ttyUSB0 -r lib :',
    '          wirewrap cp --board=/dev/ttyUSB0 -r :/ backup',
    TOOL_EXIT_CODES,
  ],
  async run(context) {
    const { positionals, values, stdout, stderr, signal } = context;
    const typed = positionals.map(parseTypedPath);
    const to = typed.pop();
    if (!to || typed.length === 0) {
      throw new CliError('BAD_USAGE', 'Name what to copy and where to: wirewrap cp main.py :');
    }
    if (to.on === 'host' && typed.every(({ on }) => on === 'host')) {
      throw new CliError(
        'BAD_USAGE',
        'Neither side is on the board; put a `:` before the path that is: wirewrap cp main.py :',
      );
    }
    const { withBoard } = await import('../tools/with-board.ts');
    const { copyFiles } = await import('../tools/copy/copy-files.ts');
    const { CopyProgress } = await import('../tools/copy/copy-progress.ts');
    const progress = new CopyProgress({ stdout, stderr, verbose: values.verbose === true });
    await withBoard(context, 'cp', ({ board }) =>
      copyFiles(board, typed, to, {
        recursive: values.recursive === true,
        force: values.force === true,
        signal,
        progress,
      }),
    );
    return 0;
  },
};
