import type { BoardTarget } from '@wirewrap/boards';
import { parseBoardUrl } from '@wirewrap/repl-driver';
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
  target: BoardTarget,
  signal: AbortSignal,
  onFinding: (finding: NamedFinding) => void,
): Promise<NamedFinding[]> {
  await using stack = new AsyncDisposableStack();
  const device = deviceOf(target.url);
  const examination: Examination = {
    target,
    signal,
    device,
    stack,
    env: { ...process.env, ...target.env },
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

/** The serial device of a URL. An unknown scheme fails here with its own sentence. */
function deviceOf(url: string): string | null {
  if (/^(virtual(\?|$)|labgrid:|emu:)/.test(url)) return null;
  const parsed = parseBoardUrl(url);
  return parsed.scheme === 'serial' ? parsed.path : null;
}
