import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BoardFileOrder } from './packages/conformance/src/reporter/board-file-order.ts';

/** Integration tests wait for processes more than they compute: two at a time, also on a machine with two cores. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

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
        },
      },
      {
        test: {
          name: 'integration',
          include: ['packages/*/test/**/*.test.ts'],
          maxWorkers,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      ...boardProjects.map((name) => ({
        test: {
          name,
          include: ['packages/conformance/suites/**/*.test.ts', 'packages/repl-driver/contract/**/*.test.ts'],
          setupFiles: ['packages/cli/src/test-run/outlive-interrupt.ts'],
          // One worker holds the board for the whole run, after the projects that need none.
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      })),
    ],
  },
});
