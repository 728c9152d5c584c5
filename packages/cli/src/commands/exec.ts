import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { programOptions, toolExitCodes, toolOptions } from './tool-options.ts';

export const execCommand: Command = {
  name: 'exec',
  summary: 'Run Python statements on the board and print what they print.',
  positionals: 'CODE',
  options: { ...toolOptions, ...programOptions },
  notes: ["Example: wirewrap exec --board=/dev/ttyUSB0 'import ssl; print(ssl)'", toolExitCodes],
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
