/**
 * `pnpm fuzz [vitest options]`: the property-based tests (`*.fuzz.test.ts`) with many more runs than in `pnpm test`.
 * Runs per property: WIREWRAP_FUZZ_RUNS, default 20,000.
 */
import { startVitest } from 'vitest/node';

process.env.WIREWRAP_FUZZ_RUNS ??= '20000';
const filters = process.argv.slice(2);
const vitest = await startVitest('test', filters.length > 0 ? filters : ['fuzz.test'], {
  watch: false,
  project: ['unit'],
  testTimeout: 1_800_000,
});
await vitest.close();
