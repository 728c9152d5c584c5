import type { ConformanceCase } from '../conformance-case.ts';
import { needs } from '../needs.ts';
import { reachingBoard } from '../reach.ts';
import { SERVED_MS, serveSeveral } from '../serve-several.ts';
import { type SessionTalk, talkWithSession } from './session-client.ts';

export const RESUMPTION_ID = 'fields/server/session-resumption';

/** Two connections to one context of the board's; the second offers the session of the first. */
export const RESUMPTION_CASE: ConformanceCase = {
  id: RESUMPTION_ID,
  unavailable: needs('context'),
  run: (bench) =>
    reachingBoard(bench, () => {
      let session: SessionTalk['session'] = null;
      return serveSeveral(bench, { count: 2, context: true, live: false }, async (_n, { host, port }) => {
        const talk = await talkWithSession({ host, port, session, signal: AbortSignal.timeout(SERVED_MS) });
        session = talk.session;
        return { answer: Promise.resolve({ handshake: talk.handshake, answer: talk.answer }) };
      });
    }),
};

/** What is posed, and when it is right: a server may resume a session or not. */
export const RESUMPTION_QUESTION = {
  does: 'Offers the session of a connection before, by its id.',
  careful: 'serves',
  why: 'it resumes the session, or makes a whole handshake (RFC 5246 sections 7.4.1.2 and 7.4.1.3)',
} as const;
