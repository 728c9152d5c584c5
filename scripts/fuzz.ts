/**
 * `pnpm fuzz [--runs N] [--seed N] [TEXT…]`: the property-based tests (`*.fuzz.test.ts`, those with one of the texts in
 * their path) with many more runs than in `pnpm test`. Runs per property: default WIREWRAP_FUZZ_RUNS, else 20,000. The seed
 * is told, and repeats a run.
 */
import { randomInt } from 'node:crypto';
import { globSync } from 'node:fs';
import { startVitest } from 'vitest/node';
import { readOptions, runScript, UsageError } from './options.ts';

/** What fast-check takes for a seed. */
const SEED = { kind: 'number', least: -(2 ** 31), most: 2 ** 31 - 1 } as const;

await runScript('fuzz', async () => {
  const runsFromEnvironment = process.env.WIREWRAP_FUZZ_RUNS;
  const typed = process.argv.slice(2);
  const known = { runs: { kind: 'number', least: 1, most: 100_000_000 }, seed: SEED } as const;
  // First, so that what was typed counts for more.
  const fallback = await readOptions(runsFromEnvironment ? [`--runs=${runsFromEnvironment}`] : [], known);
  const options = await readOptions(typed, known, { positionals: true });
  const runs = options.number('runs') ?? fallback.number('runs') ?? 20_000;
  const seed = options.number('seed') ?? randomInt(SEED.most);
  const texts = options.positionals.length > 0 ? options.positionals : [''];
  const files = globSync('packages/*/src/**/*.fuzz.test.ts').filter((file) =>
    texts.some((text) => file.includes(text)),
  );
  if (files.length === 0) throw new UsageError(`'${texts.join("' or '")}' stands in no path of a *.fuzz.test.ts file.`);
  process.env.WIREWRAP_FUZZ_RUNS = String(runs);
  process.env.WIREWRAP_FUZZ_SEED = String(seed);
  console.log(
    `fuzz: ${runs} runs of each property in ${files.length} files; --runs=${runs} --seed=${seed} repeats them`,
  );
  const vitest = await startVitest('test', files, { watch: false, project: ['unit'] });
  await vitest.close();
});
