import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const command = fileURLToPath(new URL('../bin/wirewrap.mjs', import.meta.url));
export const suite = fileURLToPath(new URL('./fixtures/suite', import.meta.url));

/** Variables of the vitest that runs these tests: they must not reach the one that is tested. */
const ours = /^(VITEST|TEST$|NODE_ENV$|NO_COLOR$|FORCE_|WIREWRAP_(BOARD|HOST|LISTEN|BASELINE))/;

/** Records of runs inside of tests do not replace those of the run that is going on. */
export const results = join(tmpdir(), `wirewrap-test-results-${process.pid}`);
process.once('exit', () => rmSync(results, { recursive: true, force: true }));

/** The environment of a shell in which nothing was set up. */
export function cleanEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !ours.test(name));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    // Not the board that happens to be plugged in here.
    WIREWRAP_BOARD: 'virtual',
    WIREWRAP_RESULTS: results,
    WIREWRAP_FAILURES: join(results, 'failures'),
    ...extra,
  };
}

/** Starts `wirewrap ARGS` as a shell would, in `cwd`, and never throws for its exit code. */
export function wirewrap(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = process.cwd(),
  timeout = 110_000,
) {
  return execa(process.execPath, [command, ...args], {
    cwd,
    env: cleanEnvironment(env),
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout,
  });
}
