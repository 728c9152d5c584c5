import type { FileStat } from '@wirewrap/repl-driver';
import type { Command } from '../command.ts';
import { JSON_OPTION } from '../config/common-options.ts';
import { baseName, boardPath } from '../tools/board-path.ts';
import { TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const lsCommand: Command = {
  name: 'ls',
  summary: 'List files on the board.',
  positionals: '[PATH …]',
  options: { ...TOOL_OPTIONS, json: JSON_OPTION },
  notes: ['A `:` before a path may be left out. Example: wirewrap ls --board=/dev/ttyUSB0 :/lib', TOOL_EXIT_CODES],
  async run(context) {
    const { positionals, values, stdout } = context;
    const { withBoard } = await import('../tools/with-board.ts');
    const { listOnBoard, statOnBoard } = await import('../tools/board-folder.ts');
    const paths = positionals.length > 0 ? positionals.map(boardPath) : [''];
    const listed = await withBoard(context, 'ls', async ({ board }) => {
      const folders: { path: string; entries: FileStat[] }[] = [];
      for (const path of paths) {
        const found = await statOnBoard(board, path);
        const entries = found?.kind === 'file' ? [found] : await listOnBoard(board, path);
        folders.push({ path, entries });
      }
      return folders;
    });
    if (values.json)
      stdout.write(
        `${JSON.stringify(
          listed.flatMap(({ entries }) => entries),
          null,
          2,
        )}\n`,
      );
    else stdout.write(listed.map((folder) => formatFolder(folder, listed.length > 1)).join(''));
    return 0;
  },
};

/** Size, then name; a folder has a slash at its end. */
function formatFolder({ path, entries }: { path: string; entries: readonly FileStat[] }, titled: boolean): string {
  const lines = entries.map(
    ({ path: full, kind, size }) =>
      `${String(size).padStart(12)} ${baseName(full)}${kind === 'directory' ? '/' : ''}\n`,
  );
  return `${titled ? `:${path}\n` : ''}${lines.join('')}`;
}
