import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { PROGRAM_OPTIONS, TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const runCommand: Command = {
  name: 'run',
  summary: 'Run a Python file of this computer on the board, without storing it there.',
  positionals: 'FILE',
  options: { ...TOOL_OPTIONS, ...PROGRAM_OPTIONS },
  notes: ['Example: wirewrap run --board=/dev/ttyUSB0 blink.py', TOOL_EXIT_CODES],
  async run(context) {
    const [file, ...more] = context.positionals;
    if (file === undefined || more.length > 0) {
      throw new CliError('BAD_USAGE', 'wirewrap run takes one file: wirewrap run blink.py.');
    }
    const code = await readProgram(file);
    const { runProgram } = await import('../tools/run-program.ts');
    return await runProgram(context, 'run', { code, filename: resolve(file) });
  },
};

async function readProgram(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const why = cause instanceof TypeError ? 'it is not UTF-8 text' : `${(cause as NodeJS.ErrnoException).code}`;
    throw new CliError(
      'BAD_FILE',
      `The program ${file} cannot be read (${why}); name a Python file of this computer.`,
      { cause },
    );
  }
}
