import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Conversation } from './conversation.ts';
import type { ReplEngineSource } from './engines/repl-engine.ts';
import { FRIENDLY_CASES } from './friendly-cases.ts';
import { RAW_CASES } from './raw-cases.ts';

const RAW = '\x01';
const FRIENDLY = '\x02';

/** What every REPL must answer, byte by byte, as tests; where this machine has not the engine they are skipped with why. */
export function contractSuite(source: ReplEngineSource): void {
  if (source.missing === undefined) describe(source.name, () => suiteOf(source));
  else describe.skip(`${source.name} (${source.missing})`, () => suiteOf(source));
}

function suiteOf(source: ReplEngineSource): void {
  let conversation: Conversation;

  beforeAll(async () => {
    conversation = new Conversation(await source.start(), source.quietMs);
    await conversation.quiet(500);
  }, 120_000);

  afterAll(async () => {
    await conversation?.engine[Symbol.asyncDispose]();
  });

  describe.for([
    { repl: 'friendly', enter: FRIENDLY, cases: FRIENDLY_CASES },
    { repl: 'raw', enter: RAW, cases: RAW_CASES },
  ] as const)('$repl REPL', ({ enter, cases }) => {
    beforeEach(async () => {
      // Out of whatever the case before left, to a prompt of which nothing is outstanding.
      await conversation.send('\x03');
      await conversation.quiet();
      await conversation.send('\x02');
      await conversation.until(/information\.\r\n>>> $/);
      if (enter === RAW) {
        await conversation.send(RAW);
        await conversation.until(/raw REPL; CTRL-B to exit\r\n>$/);
      }
    });

    test.for(cases)('$name', async ({ exchanges, needs }, { skip }) => {
      if (needs && !conversation.engine.can[needs]) skip(`this engine cannot do: ${needs}`);
      for (const [send, answer] of exchanges) {
        await conversation.send(send);
        const got = await conversation.answer(answer);
        if (typeof answer === 'string') expect(got, `after ${JSON.stringify(send)}`).toBe(answer);
        else expect(got, `after ${JSON.stringify(send)}`).toMatch(answer);
      }
    });
  });
}
