import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { SIEGE_SUITE_NAMES } from './packages/conformance/src/cases/suite-names.ts';
import { BoardFileOrder } from './packages/conformance/src/reporter/board-file-order.ts';
import { selectionOf } from './packages/conformance/src/selection/case-selection.ts';

/** Integration tests wait for processes more than they compute: two at a time, also on a machine with two cores. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** Suites that run only where a selection names them, or one of their cases, are no files of any other run. */
const selection = selectionOf(process.env);
const asked = JSON.stringify(selection);
const leftOut = SIEGE_SUITE_NAMES.filter((name) => !asked.includes(name)).map((name) => `**/suites/${name}.test.ts`);

/** What is polled for comes when a machine has time for it; vitest's own second is too short on a busy one. */
const expectOptions = { poll: { timeout: 30_000 } };

/** `wirewrap test --board=A --board=B` starts a run for each board, and names their projects here. */
const boardProjects: string[] = JSON.parse(process.env.WIREWRAP_BOARD_PROJECTS || '["board"]');

export default defineConfig({
  test: {
    // Cases that may kill the board's interpreter run after all others.
    sequence: { sequencer: BoardFileOrder },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts'],
          setupFiles: process.env.WIREWRAP_FUZZ_SEED ? ['scripts/fuzz-seed.ts'] : [],
          maxWorkers,
          expect: expectOptions,
          // Half a second each, but six and more on a machine that is busy; only what hangs takes a minute. More for the many
          // runs of `pnpm fuzz`.
          testTimeout: 60_000 + 60 * Number(process.env.WIREWRAP_FUZZ_RUNS ?? 0),
        },
      },
      {
        test: {
          name: 'integration',
          include: ['packages/*/test/**/*.test.ts'],
          maxWorkers,
          expect: expectOptions,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      ...boardProjects.map((name) => ({
        test: {
          name,
          include: ['packages/conformance/suites/**/*.test.ts', 'packages/repl-driver/contract/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...leftOut],
          setupFiles: ['packages/matchers/src/fixtures/outlive-interrupt.ts'],
          // One worker holds the board for the whole run, after the projects that need none; copies of a virtual board have one each.
          isolate: false,
          maxWorkers: selection.copies ?? 1,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      })),
    ],
  },
});
