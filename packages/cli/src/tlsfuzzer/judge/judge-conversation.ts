import type { ForeignResult } from '@wirewrap/conformance';
import { judgeFailure } from '../../foreign/known-case.ts';
import type { ServedConnection } from '../board/board-server.ts';
import type { ConversationVerdict } from '../runner/script-output.ts';
import type { KnownDifference } from './known-scripts.ts';

/** What one conversation means: tlsfuzzer's verdict, the board's part in it, and what is known of it. */
export function judgeConversation(
  id: string,
  { passed, message }: ConversationVerdict,
  served: readonly ServedConnection[],
  rows: readonly KnownDifference[],
): ForeignResult {
  const lost = (reason: string): ForeignResult => ({ id, role: 'server', label: 'lost', observed: null, reason });
  const crashed = served.find(({ outcome }) => outcome.crash !== null)?.outcome;
  if (crashed !== undefined)
    return lost(`the board reset in ${crashed.crashedIn ?? 'the conversation'}: ${crashed.crash}`);
  if (!passed && served.some(({ cameEarly }) => cameEarly))
    return lost('the board was still coming back from its reset');
  if (passed) return { id, role: 'server', label: 'passed', observed: null, reason: null };
  return { id, role: 'server', ...judgeFailure(rows, id, message) };
}
