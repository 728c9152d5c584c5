import type { ForeignResult } from '@wirewrap/conformance';
import type { BoardEndpoint, BoardNetwork, BoardOutcome } from '@wirewrap/tls-lab';
import { findOnPath } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { runBogo } from '../src/bogo/run-bogo.ts';
import { bogoRunner } from '../src/bogo/runner/build-runner.ts';
import { CliError } from '../src/errors.ts';

const hasGo = (await findOnPath('go')) !== undefined;
const gone = new CliError('HOST', 'The board does not answer.');

/** A board that resets in its first case; whether it comes back is the test's. */
function resetting(comesBack: boolean): BoardEndpoint {
  let cases = 0;
  return {
    ready: async () => {
      if (cases > 0 && !comesBack) throw gone;
    },
    connect: async () => {
      cases += 1;
      return {
        completed: false,
        error: null,
        crash: 'brown-out',
        crashedIn: 'wrap',
        steps: [],
      } as unknown as BoardOutcome;
    },
  } as unknown as BoardEndpoint;
}

async function run(comesBack: boolean, onResult: (result: ForeignResult) => void): Promise<ForeignResult[]> {
  return await runBogo({
    runner: await bogoRunner({}),
    endpoint: resetting(comesBack),
    network: { listenAddress: '127.0.0.1', hostAddress: '127.0.0.1' } as BoardNetwork,
    can: { tls13: true },
    cases: ['BadFinished-Client', 'BadFinished-Server'],
    idleMs: 2_000,
    onResult,
    signal: AbortSignal.timeout(500_000),
  });
}

test.skipIf(!hasGo)(
  'a board that resets costs the case, one that stays away ends the run (needs go)',
  {
    timeout: 900_000,
  },
  async () => {
    const results = await run(true, () => {});
    expect(results.map(({ label, reason }) => [label, reason])).toEqual([
      ['lost', 'the board reset in wrap: brown-out'],
      ['lost', 'the board reset in wrap: brown-out'],
    ]);
    await expect(run(false, () => {})).rejects.toBe(gone);
  },
);
