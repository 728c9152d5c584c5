import { dirname } from 'node:path';
import { ALL_SUITE_NAMES, isSiegeSuite, selectionOf, suiteFile, suitesFolder } from '@wirewrap/conformance';
import type { Plugin, TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';

/** What is laid over the configuration of a project of one's own so that the suites run, in their order, as well. */
export async function suiteOverrides(names: readonly string[] = []): Promise<ViteUserConfig | undefined> {
  if (names.length === 0) return undefined;
  const { BoardFileOrder } = await import('@wirewrap/conformance/board-file-order');
  return { plugins: [suiteProjects(names)], test: { sequence: { sequencer: BoardFileOrder } } };
}

/**
 * The plug-in that adds the suites to a project of one's own, one vitest project for each name. They take nothing from the
 * configuration that they come to: its set-up files are for its own tests. The repository's vitest.config.ts has the same.
 */
function suiteProjects(names: readonly string[]): Plugin {
  let added = false;
  return {
    name: 'wirewrap-suites',
    // Where there are projects already, none of them need have this plug-in: ours is one of the list.
    config({ test }) {
      if (test?.projects === undefined || added) return undefined;
      added = true;
      return { test: { projects: names.map(suiteProject) } };
    },
    async configureVitest({ injectTestProjects }) {
      if (added) return;
      added = true;
      await injectTestProjects(names.map(suiteProject));
    },
  };
}

function suiteProject(name: string): TestProjectInlineConfiguration {
  // Suites of a siege run only where a selection names them.
  const selection = selectionOf(process.env);
  const asked = JSON.stringify(selection);
  return {
    test: {
      name,
      // Filters of files see `suites/book.test.js`.
      dir: dirname(suitesFolder),
      include: ALL_SUITE_NAMES.filter((suite) => !isSiegeSuite(suite) || asked.includes(suite)).map(suiteFile),
      // vitest's own list leaves out whatever lies in node_modules.
      exclude: [],
      // One worker holds the board for all files, after the projects that need none; copies of a virtual board have one each.
      isolate: false,
      maxWorkers: selection.copies ?? 1,
      sequence: { groupOrder: 1 },
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  };
}
