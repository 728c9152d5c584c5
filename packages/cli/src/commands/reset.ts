import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { TOOL_EXIT_CODES, TOOL_OPTIONS } from './tool-options.ts';

export const resetCommand: Command = {
  name: 'reset',
  summary: 'Reset the board and print what it says while it starts.',
  options: {
    ...TOOL_OPTIONS,
    soft: { type: 'boolean', description: 'Only a new interpreter; Wi-Fi and files of the session stay.' },
    power: { type: 'boolean', description: "Switch the board off and on with its configuration's powerCycle." },
  },
  notes: [
    'Without an option the chip is reset by its RTS line, or by machine.reset() where the line has none.',
    'Examples: wirewrap reset --board=/dev/ttyUSB0; wirewrap reset --board=desk --power',
    TOOL_EXIT_CODES,
  ],
  async run(context) {
    const { values, stdout, signal } = context;
    if (values.soft && values.power)
      throw new CliError('BAD_USAGE', '--soft and --power exclude each other; choose one.');
    const { withBoard } = await import('../tools/with-board.ts');
    const { resetChip } = await import('@wirewrap/repl-driver');
    const printed = await withBoard(context, 'reset', async ({ board }) => {
      if (values.soft) return await board.reset('soft', { signal });
      if (values.power) return await board.reset('power', { signal, deadlineMs: 60_000 });
      return await resetChip(board, { signal });
    });
    stdout.write(withoutPrompts(printed));
    return 0;
  },
};

/** What the board said, without the driver's own way into the raw REPL. */
function withoutPrompts(printed: string): string {
  const lines = printed.split(/\r?\n/).filter((line) => !/^(?:OK|>+ ?|raw REPL; CTRL-B to exit|)$/.test(line));
  return lines.map((line) => `${line}\n`).join('');
}
