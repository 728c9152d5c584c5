/**
 * How a case ended for the person who depends on the board, whatever the documentation says:
 * - `safe`: the board did what a careful peer does.
 * - `unsafe`: it went on where a careful peer stops.
 * - `crash`: the interpreter died or the board reset.
 * - `trap`: no attacker is needed, the program's author is misled.
 * - `unchecked`: it accepted without looking, as it would have accepted anything.
 * - `strict`: it stopped where a careful peer goes on: safe, but it does not work.
 * - `open`: careful peers differ, or nothing about the case is a matter of safety.
 * - `unknown`: the case was lost, this board could not be asked, or our own Finished ended it.
 */
export type Safety = 'safe' | 'unsafe' | 'crash' | 'trap' | 'unchecked' | 'strict' | 'open' | 'unknown';

/** What a careful peer does with what was posed. `checks-nothing`: it was set not to look, and accepts. */
export type CarefulReaction = 'accepts' | 'refuses' | 'may-do-either' | 'checks-nothing';

/** What a case poses, in words for a reader who knows TLS but not this project. */
export interface CaseQuestion {
  /** `A server presents a certificate that ended at noon yesterday.` */
  readonly posed: string;
  /** What is wrong with it; null when nothing is. */
  readonly wrong: string | null;
  /** `Refuses it: every verifying peer that knows the time (RFC 5280 section 6.1.3 (a)(2)).` */
  readonly careful: string;
  /** What a suite of others sees further where the case cannot tell; left out where none does. */
  readonly others?: string;
  /** What the board did, by the case's value, in the light of the question. Lost and unavailable values never get here. */
  readonly judge: (value: unknown) => Safety;
}

/** The way a connection ended for the board; null for a value of another kind. */
export function endOf(value: unknown): 'accepted' | 'refused' | 'crashed' | null {
  if (value === null || typeof value !== 'object') return null;
  if ('raises' in value) return 'refused';
  if ('answer' in value) return 'accepted';
  const { end } = value as { readonly end?: unknown };
  if (end === 'crashes') return 'crashed';
  if (end === 'completes' || end === 'takes the certificate') return 'accepted';
  return end === 'fails' ? 'refused' : null;
}

/** For each reaction of a careful peer, what it means that the board accepted or refused. */
const JUDGEMENTS: Readonly<Record<CarefulReaction, Readonly<Record<'accepted' | 'refused', Safety>>>> = {
  accepts: { accepted: 'safe', refused: 'strict' },
  refuses: { accepted: 'unsafe', refused: 'safe' },
  'may-do-either': { accepted: 'open', refused: 'open' },
  'checks-nothing': { accepted: 'unchecked', refused: 'safe' },
};

export function judgeByReaction(reaction: CarefulReaction, value: unknown): Safety {
  const end = endOf(value);
  if (end === null) return 'open';
  return end === 'crashed' ? 'crash' : JUDGEMENTS[reaction][end];
}
