import { defineConfig } from 'vitest/config';

/** `wirewrap test --board=A --board=B` starts a run for each board, and names their projects here. */
const boardProjects: string[] = JSON.parse(process.env.WIREWRAP_BOARD_PROJECTS || '["board"]');

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'] } },
      {
        test: {
          name: 'integration',
          include: ['packages/*/test/**/*.test.ts'],
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
