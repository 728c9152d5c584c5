import type { CorrectReaction, CorrectResult, Fault } from '../src/faults/fault.ts';
import { FAULTS } from '../src/faults/fault-table.ts';
import type { TlsVersion } from '../src/tls/protocol-version.ts';
import type { Transcript } from '../src/transcript/transcript.ts';

export interface FaultCase {
  readonly fault: Fault;
  readonly name: string;
  readonly version: TlsVersion;
  readonly correct: CorrectReaction;
}

/** Every fault that an end in this role can commit, in both versions, with what the other end should do. */
export function faultCases(sentBy: 'server' | 'client'): FaultCase[] {
  return (['TLSv1.2', 'TLSv1.3'] as const).flatMap((version) =>
    FAULTS.filter((fault) => (fault.sentBy ?? sentBy) === sentBy && (fault.versions?.includes(version) ?? true)).map(
      (fault) => {
        const onServer = sentBy === 'client' ? fault.correctServer : undefined;
        return { fault, name: fault.name, version, correct: onServer ?? fault.correctIn?.[version] ?? fault.correct };
      },
    ),
  );
}

/** Why a reaction was not correct; null when it was. */
export function incorrect(
  correct: CorrectReaction,
  results: readonly CorrectResult[],
  { alerts }: Transcript,
  story: string,
): string | null {
  const result = results.find((each) => correct.results.includes(each));
  if (result === undefined) return `expected ${correct.results.join(' or ')}, got ${results.join(' or ')}: ${story}`;
  if (result !== 'aborts' || correct.alerts.length === 0) return null;
  const sent = alerts
    .filter((alert) => alert.sender === 'board' && alert.name !== 'close_notify')
    .map(({ name }) => name);
  if (sent.length === 0 && correct.silent) return null;
  const right = sent.some((name) => correct.alerts.some((wanted) => wanted === name));
  return right ? null : `expected alert ${correct.alerts.join(' or ')}, got ${sent.join(', ') || 'none'}: ${story}`;
}
