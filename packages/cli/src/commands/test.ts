import type { Command } from '../command.ts';
import { boardOptions } from '../config/board-options.ts';
import { caseOptions } from '../test-run/case-options.ts';
import { canErase } from '../test-run/status-line.ts';

export const testCommand: Command = {
  name: 'test',
  summary: 'Run the tests; with --board the board suites against that board.',
  positionals: '[FILE FILTER…]',
  passThrough: true,
  options: {
    ...boardOptions,
    board: {
      type: 'string',
      multiple: true,
      placeholder: 'BOARD',
      description:
        'URL, name or tag:NAME of a board to run the board suites on; may be repeated. Default: every project, on the only ESP32 that is plugged in, else on the virtual board.',
    },
    baseline: { type: 'string', placeholder: 'FILE', description: 'Reviewed run record to compare this run with.' },
    ...caseOptions,
    list: { type: 'boolean', description: 'List the cases that would run, with claims and findings; run nothing.' },
    json: { type: 'boolean', description: 'With --list: as JSON.' },
    wait: { type: 'boolean', description: 'Queue until a board that somebody else uses is free.' },
    verbose: { type: 'boolean', description: 'At a terminal, list the files and tests that passed, too.' },
    serial: { type: 'boolean', description: 'Show the serial line as it passes.' },
  },
  notes: [
    'Every other option, and file filters, go to vitest (-t PATTERN, --reporter=NAME, --project=NAME, --bail=1, …).',
    'Example: wirewrap test --board=/dev/ttyUSB0 --quick',
    'Exit code: 0 all passed, 1 something failed, 2 bad input, 130 interrupted.',
  ],
  async run(context) {
    // Before vitest is loaded, which decides about colours at that moment.
    if (!canErase(context.stdout, context.env) && context.env.FORCE_COLOR === undefined) process.env.NO_COLOR ??= '1';
    const { runTests } = await import('../test-run/run-tests.ts');
    return await runTests(context);
  },
};
