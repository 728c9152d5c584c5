import { type CliOptions, createVitest, type TestModule } from 'vitest/node';
import { namePattern } from './run-counts.ts';
import { suiteOverrides } from './suite-projects.ts';
import { tellStart } from './vitest-start.ts';

/** Tests of each project by the project's name. */
export type TestTotals = ReadonlyMap<string, number>;

/**
 * Counts the tests of a run before it starts: vitest loads the files and runs none of their tests. Files that cannot be
 * loaded count as empty; the run itself reports them.
 *
 * Only a terminal needs the total (for the time left), so a run without one does not pay for this: about 3 s for the
 * board suites, 30 s for everything.
 */
export async function countTests(
  filters: readonly string[],
  options: CliOptions,
  { suites, signal }: { readonly suites?: readonly string[]; readonly signal: AbortSignal },
): Promise<TestTotals> {
  const exitCode = process.exitCode;
  const { reporter: _reporter, ...rest } = options as CliOptions & { reporter?: unknown };
  const quiet = { ...rest, reporters: [{}], watch: false, run: true };
  const starting = createVitest('test', quiet, await suiteOverrides(suites));
  const vitest = await tellStart(starting, () => false);
  const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input');
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const { testModules } = await vitest.collect([...filters], { staticParse: false });
    return totalsOf(testModules, namePattern(options.testNamePattern));
  } finally {
    signal.removeEventListener('abort', cancel);
    await vitest.close();
    process.exitCode = exitCode;
  }
}

function totalsOf(modules: readonly TestModule[], named: (fullName: string) => boolean): TestTotals {
  const totals = new Map<string, number>();
  for (const module of modules) {
    const tests = [...module.children.allTests()].filter(({ fullName }) => named(fullName));
    totals.set(module.project.name, (totals.get(module.project.name) ?? 0) + tests.length);
  }
  return totals;
}
