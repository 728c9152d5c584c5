import type { ForeignLabel, ForeignResult } from '@wirewrap/conformance';
import { judgeFailure, type KnownCase } from '../../foreign/known-case.ts';
import type { RunnerVerdict } from '../runner/runner-output.ts';
import type { ShimResult } from '../shim/board-shim.ts';

/** What one case means: the runner's verdict, the board's part in it, and what is known of it. */
export function judgeCase(
  { id, word, message }: RunnerVerdict,
  shim: ShimResult,
  rows: readonly KnownCase[],
): ForeignResult {
  const { role, note } = shim;
  const result = (label: ForeignLabel, observed: string | null, reason: string | null): ForeignResult => ({
    id,
    role,
    label,
    observed,
    reason,
  });
  if (note?.kind === 'lost') return result('lost', null, note.reason);
  // The board's connection came too late for the runner: what it said after that is about a connection that nobody took.
  if (/local error 'accept tcp [^']*i\/o timeout/.test(message)) {
    return result('lost', null, 'the board did not connect in the time that BoGo waits; give more with --idle');
  }
  if (word === 'unimplemented') return result('unimplemented', null, note?.reason ?? 'the shim refused it');
  if (word === 'passed') return result('passed', null, null);
  const { label, observed, reason } = judgeFailure(rows, id, message);
  return result(label, observed, reason);
}
