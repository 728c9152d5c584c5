import type { BoardSettings } from '@wirewrap/boards';
import { boardChecks } from './board-checks.ts';
import type { Check, Examination, Finding } from './check.ts';
import { networkChecks } from './network-checks.ts';
import { portChecks } from './port-checks.ts';

export interface NamedFinding extends Finding {
  readonly name: string;
}

/** In the order in which one depends on the other. */
export const checks: readonly Check[] = [...portChecks, ...boardChecks, ...networkChecks];

/** Runs the checks until one says that the rest is useless; each finding is told as it comes. */
export async function examine(
  target: BoardSettings,
  signal: AbortSignal,
  onFinding: (finding: NamedFinding) => void,
): Promise<NamedFinding[]> {
  await using stack = new AsyncDisposableStack();
  const device = target.scheme === 'serial' ? target.path : null;
  const examination: Examination = {
    target,
    signal,
    device,
    stack,
    board: null,
    identity: null,
    network: null,
  };
  const findings: NamedFinding[] = [];
  for (const check of checks) {
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
