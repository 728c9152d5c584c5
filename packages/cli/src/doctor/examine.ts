import type { BoardSettings } from '@wirewrap/boards';
import { type HostClock, hostClock } from '@wirewrap/repl-driver/basics';
import { BOARD_CHECKS } from './board-checks.ts';
import type { Check, CheckResult, Examination } from './check.ts';
import { NETWORK_CHECKS } from './network-checks.ts';
import { PORT_CHECKS } from './port-checks.ts';

export interface NamedResult extends CheckResult {
  readonly name: string;
}

/** In the order in which one depends on the other. */
export const CHECKS: readonly Check[] = [...PORT_CHECKS, ...BOARD_CHECKS, ...NETWORK_CHECKS];

/** Runs the checks until one says that the rest is useless; each finding is told as it comes. */
export async function examine(
  target: BoardSettings,
  signal: AbortSignal,
  onFinding: (finding: NamedResult) => void,
  clock: HostClock = hostClock,
): Promise<NamedResult[]> {
  await using stack = new AsyncDisposableStack();
  const device = target.scheme === 'serial' ? target.path : null;
  const examination: Examination = {
    target,
    signal,
    clock,
    device,
    stack,
    board: null,
    identity: null,
    network: null,
  };
  const findings: NamedResult[] = [];
  for (const check of CHECKS) {
    signal.throwIfAborted();
    const finding = { name: check.name, ...(await check.run(examination)) };
    // A check that Ctrl-C cut short says nothing about the board.
    signal.throwIfAborted();
    findings.push(finding);
    onFinding(finding);
    if (finding.stop) break;
  }
  return findings;
}
