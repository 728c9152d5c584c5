import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { JSON_OPTION } from '../config/common-options.ts';

const MARKS = { good: 'good   ', warning: 'WARNING', bad: 'BAD    ', skipped: 'skipped' } as const;

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Check everything between this host and a board, from the port to the clock.',
  options: { ...BOARD_OPTIONS, json: JSON_OPTION },
  notes: [
    'Stops at the first thing that makes the rest useless. The reset check resets the board.',
    'Example: wirewrap doctor --board=/dev/ttyUSB0',
    'Exit code: 0 nothing bad, 1 something bad, 2 bad input.',
  ],
  async run({ values, env, stdout, stderr, signal }) {
    const { resolveBoard } = await import('../config/board-target.ts');
    const { CHECKS: checks, examine } = await import('../doctor/examine.ts');
    const target = await resolveBoard(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
    const width = Math.max(...checks.map(({ name }) => name.length));
    const findings = await examine(target, signal, ({ name, verdict, detail, remedy }) => {
      if (values.json) return;
      stdout.write(`${MARKS[verdict]}  ${name.padEnd(width)}  ${detail}\n`);
      if (remedy) stdout.write(`${' '.repeat(width + 11)}-> ${remedy}\n`);
    });
    if (values.json) stdout.write(`${JSON.stringify({ board: { url: target.url }, findings }, null, 2)}\n`);
    return findings.some(({ verdict }) => verdict === 'bad') ? 1 : 0;
  },
};
