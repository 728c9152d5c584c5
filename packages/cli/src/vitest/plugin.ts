import { fileURLToPath } from 'node:url';
import { RunRecordReporter } from '@wirewrap/conformance';
import type { Plugin, ViteUserConfig } from 'vitest/config';
import { resolveBoard } from '../config/board-target.ts';
import { RunReporter, type RunReporterOptions } from './run-reporter.ts';

/** Milliseconds: a handshake on hardware takes seconds, and the first test waits until the board is open. */
const timeouts = { testTimeout: 60_000, hookTimeout: 120_000 };

export interface WirewrapPluginOptions extends RunReporterOptions {
  /**
   * The board: a URL, or a name of `wirewrap.config.ts`. Default `virtual`. `WIREWRAP_BOARD` and
   * `wirewrap test --board=…` win.
   */
  readonly board?: string;
}

/**
 * The plug-in for `vitest.config.ts`: plain `vitest` then runs board tests in one worker that shares one session with the
 * board, with time-outs for hardware, and leaves the run record and the page of the run in `results/`.
 *
 * @example
 * import { defineConfig } from 'vitest/config';
 * import { wirewrap } from 'wirewrap/vitest';
 *
 * export default defineConfig({ plugins: [wirewrap({ board: '/dev/ttyUSB0' })] });
 * @throws CliError when the board's URL or name is wrong.
 */
export function wirewrap({ board, ...recording }: WirewrapPluginOptions = {}): Plugin {
  return {
    name: 'wirewrap',
    async config({ test = {} }: ViteUserConfig): Promise<ViteUserConfig> {
      const settings = await resolveBoard({ board: process.env.WIREWRAP_BOARD || board || 'virtual' }, process.env);
      return {
        test: {
          // One serial line: one worker, and one session for all files.
          isolate: false,
          maxWorkers: 1,
          testTimeout: test.testTimeout ?? timeouts.testTimeout,
          hookTimeout: test.hookTimeout ?? timeouts.hookTimeout,
          provide: { wirewrapBoardSettings: settings },
          setupFiles: [fileURLToPath(import.meta.resolve('@wirewrap/conformance/record-tests'))],
        },
      };
    },
    configureVitest({ vitest: { config } }) {
      // `wirewrap test` brings a recorder of its own.
      const recorded = (config.reporters as unknown[]).some(
        (reporter) => reporter instanceof RunReporter || reporter instanceof RunRecordReporter,
      );
      if (!recorded) (config.reporters as unknown[]).push(new RunReporter(recording));
    },
  };
}
