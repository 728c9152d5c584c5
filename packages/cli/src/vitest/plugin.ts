import { inspect } from 'node:util';
import type { BoardSettings } from '@wirewrap/boards';
import type { Plugin, TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';
import { resolveBoards } from '../config/board-target.ts';
import { CliError, isExpectedError, sentenceOf } from '../errors.ts';
import { isCommandRun } from '../test-run/command-run.ts';
import { recorderModule } from '../test-run/recorder-module.ts';
import { RunReporter, type RunReporterOptions } from './run-reporter.ts';
import { showProgress } from './show-progress.ts';

/** Milliseconds: a handshake on hardware takes seconds, and the first test waits until the board is open. */
const TIMEOUTS = { testTimeout: 120_000, hookTimeout: 120_000 };

/** What the plug-in adds to a vitest configuration. */
export interface WirewrapPluginOptions extends RunReporterOptions {
  /**
   * The board: a URL, a name or `tag:NAME` of `wirewrap.config.ts`; or several, on which every test runs, one board after
   * the other. Default `virtual`. `WIREWRAP_BOARD` and `wirewrap test --board=…` win.
   */
  readonly board?: string | readonly string[];
}

/**
 * The plug-in for `vitest.config.ts`: plain `vitest` then leases the board, runs board tests in one worker that shares one
 * session with it, with time-outs for hardware, and leaves the run record and the page of the run in `results/`. At a
 * terminal one line of progress stands in for vitest's window.
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
      const shared = {
        // One serial line: one worker, and one session for all files.
        isolate: false,
        maxWorkers: 1,
        testTimeout: test.testTimeout ?? TIMEOUTS.testTimeout,
        hookTimeout: test.hookTimeout ?? TIMEOUTS.hookTimeout,
      };
      // `wirewrap test` hands its board to the workers; a project of one of several boards has its own already.
      if (isCommandRun() || test.provide?.wirewrapBoardSettings !== undefined) return { test: shared };
      const boards = await inOneSentence(resolveBoards({ board: asked(board) }, process.env));
      const [only] = boards;
      const provide = { wirewrapRecorder: recorderModule };
      if (only && boards.length === 1) {
        return { test: { ...shared, provide: { ...provide, wirewrapBoardSettings: only } } };
      }
      if (test.projects !== undefined) await inOneSentence(Promise.reject(severalBoards(boards)));
      return { test: { ...shared, provide, projects: boards.map(boardProject) } };
    },
    configureVitest({ vitest }) {
      const reporters = vitest.config.reporters as unknown[];
      // `wirewrap test` brings recorder, leases and progress of its own; several projects share one reporter.
      if (isCommandRun() || reporters.some((reporter) => reporter instanceof RunReporter)) return;
      const line = showProgress(vitest);
      reporters.push(new RunReporter({ ...recording, line }));
    },
  };
}

/** The words for `--board`; `WIREWRAP_BOARD` wins. */
function asked(board: string | readonly string[] = 'virtual'): readonly string[] {
  const named = process.env.WIREWRAP_BOARD;
  return named ? [named] : [board].flat();
}

/** All tests again for each board; one after the other, since they share the only worker. */
function boardProject(settings: BoardSettings, index: number): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name: settings.label,
      provide: { wirewrapBoardSettings: settings, wirewrapRecorder: recorderModule },
      sequence: { groupOrder: index },
    },
  };
}

function severalBoards(boards: readonly BoardSettings[]): CliError {
  const flags = boards.map(({ label }) => `--board='${label}'`).join(' ');
  return new CliError(
    'BAD_USAGE',
    `Several boards make a vitest project each, and this configuration has projects already; use \`wirewrap test ${flags}\`.`,
  );
}

/** vitest prints whatever a configuration throws with its stack: of what a person can mend the sentence alone. */
async function inOneSentence<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isExpectedError(error)) throw error;
    const sentence = `wirewrap: ${sentenceOf(error)}`;
    throw Object.defineProperty(error, inspect.custom, { value: () => sentence });
  }
}
