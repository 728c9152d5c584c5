import type { Command } from '../command.ts';
import { canErase } from '../test-run/status-line.ts';
import { TEST_OPTIONS } from '../test-run/test-options.ts';

export const testCommand: Command = {
  name: 'test',
  summary: 'Run the tests; with --board the board suites against that board.',
  positionals: '[FILE FILTER…]',
  passThrough: true,
  options: TEST_OPTIONS,
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
