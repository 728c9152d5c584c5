import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { REPL_HELP } from '../tools/repl/repl-keys.ts';
import { TOOL_OPTIONS } from './tool-options.ts';

export const replCommand: Command = {
  name: 'repl',
  summary: "Type at the board's prompt; Ctrl-] ends.",
  options: TOOL_OPTIONS,
  notes: [
    'Keys:',
    ...REPL_HELP.map((row) => `  ${row}`),
    '',
    'Nothing is reset at the start; a program that is running continues.',
    'Example: wirewrap repl --board=/dev/ttyUSB0',
    'Exit code: 0 ended by Ctrl-], 2 bad input, no terminal or no board.',
  ],
  async run(context) {
    const { stdin } = process;
    const { stdout, signal } = context;
    if (!stdin.isTTY || !stdout.isTTY) {
      throw new CliError('BAD_USAGE', 'wirewrap repl needs a terminal; in a script use wirewrap exec or wirewrap run.');
    }
    const { withLine } = await import('../tools/with-board.ts');
    const { runRepl } = await import('../tools/repl/run-repl.ts');
    await withLine(context, 'repl', async (prepared) => {
      stdout.write(`Connected to ${prepared.settings.label}. Ctrl-] ends, Ctrl-T Ctrl-H lists the keys.\n`);
      await runRepl({ prepared, stdin, stdout, signal });
    });
    return 0;
  },
};
