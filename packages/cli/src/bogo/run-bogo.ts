import type { ForeignResult } from '@wirewrap/conformance';
import type { BoardEndpoint, BoardNetwork } from '@wirewrap/tls-lab';
import { rowsFor } from '../foreign/known-case.ts';
import { judgeCase } from './judge/judge-case.ts';
import { disabledFor, knownCases } from './judge/known-cases.ts';
import type { BogoRunner } from './runner/build-runner.ts';
import { runRunner } from './runner/run-runner.ts';
import { BoardShim, type ShimResult } from './shim/board-shim.ts';
import type { ShimAbilities } from './shim/shim-flags.ts';
import { startShimServer } from './shim/shim-server.ts';

export interface BogoOptions {
  readonly runner: BogoRunner;
  readonly endpoint: BoardEndpoint;
  readonly network: BoardNetwork;
  readonly can: ShimAbilities;
  /** Globs; none: all. */
  readonly cases: readonly string[];
  /** Milliseconds that the runner waits for a read or write of the board's. */
  readonly idleMs: number;
  readonly onResult: (result: ForeignResult) => void;
  readonly signal: AbortSignal;
}

/** The board gives up a little later than the runner, which knows what it waits for. */
const LONGER_MS = 1_000;

/**
 * Runs BoGo's cases on one board session. A board that resets in a case costs that case; one that does not come back ends
 * the run with its error.
 */
export async function runBogo(options: BogoOptions): Promise<ForeignResult[]> {
  const { endpoint, network, can, idleMs, signal } = options;
  const expected = rowsFor(knownCases.expected, can);
  const stop = new AbortController();
  const shim = new BoardShim({ endpoint, network, can, patienceMs: idleMs + LONGER_MS });
  // One worker: the verdicts come in the order in which the shims were started.
  const shims: Promise<ShimResult>[] = [];
  await using server = await startShimServer((flags) => {
    const run = shim.run(flags);
    run.catch((error: unknown) => stop.abort(error));
    shims.push(run);
    return run;
  });
  const results: Promise<ForeignResult>[] = [];
  const run = runRunner({
    ...options,
    shim: server,
    disabled: disabledFor(knownCases.disabled, can),
    signal: AbortSignal.any([signal, stop.signal]),
    onVerdict: (verdict) => {
      const started = shims.shift();
      if (started === undefined) return;
      const result = started.then((ended) => judgeCase(verdict, ended, expected));
      result.then(options.onResult, () => {});
      results.push(result);
    },
  });
  await run.catch((error: unknown) => {
    throw stop.signal.aborted && !signal.aborted ? stop.signal.reason : error;
  });
  return await Promise.all(results);
}
