import type { BoardFingerprints } from '../run-record.ts';
import type { CaseDetail } from './case-detail.ts';

/** The case whose ClientHello stands for the firmware: default arguments and no name. */
const CASE = 'client/default/good';

/** JA3 and JA4 of the board's ClientHello with default arguments; null when the run did not ask that case. */
export function boardFingerprints(details: readonly CaseDetail[]): BoardFingerprints | null {
  const handshakes = details.find((detail) => detail.case === CASE)?.handshakes ?? [];
  const hello = handshakes.map(({ wire }) => wire?.clientHello).find((seen) => seen?.sender === 'board');
  return hello?.fingerprints ? { case: CASE, ...hello.fingerprints } : null;
}
