import { crc32 } from 'node:zlib';
import { ASK_IDENTITY } from '../agent/programs.ts';
import { runUnaided } from '../agent/run-unaided.ts';
import { parseLiteral } from '../python/parse-literal.ts';
import type { SessionAccess } from '../session/session.ts';
import { type BoardIdentity, identityOf } from './identity.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line that changes bytes makes any
const ANSWER = /ww2id:([0-9a-f]{8}|-):([^\x00-\x1f]*)ww2$/;

/** The answer in what the board printed; undefined where it did not arrive whole. */
function answerIn(output: string): string | undefined {
  const [, checksum, latin1 = ''] = ANSWER.exec(output) ?? [];
  if (checksum === undefined) return undefined;
  const bytes = Buffer.from(latin1, 'latin1');
  return checksum === '-' || Number.parseInt(checksum, 16) === crc32(bytes) ? bytes.toString('utf8') : undefined;
}

/**
 * Asks the board who it is, by the plain raw REPL: the driver's agent, which takes a third of a second to send at 115,200 bit/s,
 * need not be there.
 */
export async function readIdentity({ line, repl, agent, deadline }: SessionAccess): Promise<BoardIdentity> {
  await agent.clear(deadline);
  const answer = await runUnaided({ line, repl }, { commands: ASK_IDENTITY, read: answerIn }, deadline);
  return identityOf(parseLiteral(answer));
}
