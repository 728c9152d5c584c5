import type { ForeignResult } from '@wirewrap/conformance';
import type { BoardOutcome } from '@wirewrap/tls-lab';
import { judgeFailure } from '../../foreign/known-case.ts';
import type { ConversationVerdict } from '../runner/script-output.ts';
import type { KnownDifference } from './known-scripts.ts';

/** What one conversation means: tlsfuzzer's verdict, the board's part in it, and what is known of it. */
export function judgeConversation(
  id: string,
  { passed, message }: ConversationVerdict,
  outcomes: readonly BoardOutcome[],
  rows: readonly KnownDifference[],
): ForeignResult {
  const crashed = outcomes.find(({ crash }) => crash !== null);
  if (crashed !== undefined) {
    const reason = `the board reset in ${crashed.crashedIn ?? 'the conversation'}: ${crashed.crash}`;
    return { id, role: 'server', label: 'lost', observed: null, reason };
  }
  if (passed) return { id, role: 'server', label: 'passed', observed: null, reason: null };
  return { id, role: 'server', ...judgeFailure(rows, id, message) };
}
