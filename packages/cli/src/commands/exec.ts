import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { PROGRAM_OPTIONS, TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const execCommand: Command = {
  name: 'exec',
  summary: 'Run Python statements on the board and print what they print.',
  positionals: 'CODE',
  options: { ...TOOL_OPTIONS, ...PROGRAM_OPTIONS },
  notes: ["Example: wirewrap exec --board=/dev/ttyUSB0 'import ssl; print(ssl)'", TOOL_EXIT_CODES],
  async run(context) {
    const [code, ...more] = context.positionals;
    if (code === undefined || more.length > 0) {
      throw new CliError(
        'BAD_USAGE',
        "wirewrap exec takes one argument; put quotes around it: wirewrap exec 'print(1)'.",
      );
    }
    const { runProgram } = await import('../tools/run-program.ts');
    return await runProgram(context, 'exec', { code });
  },
};
