import type { VirtualBoardOptions } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { LineSettings } from '../src/index.ts';
import { Conversation } from './conversation.ts';
import { hardwareEngine, virtualBoardEngine } from './engines/board-engine.ts';
import { pyexecEngine } from './engines/pyexec-engine.ts';
import type { ReplEngineSource } from './engines/repl-engine.ts';
import { webAssemblyEngine } from './engines/webassembly-engine.ts';
import { FRIENDLY_CASES } from './friendly-cases.ts';
import { RAW_CASES } from './raw-cases.ts';

const RAW = '\x01';
const FRIENDLY = '\x02';

/** What `wirewrap test` hands to its workers, as far as it matters here. */
type Handed = LineSettings & {
  readonly url: string;
  readonly startedFrom?: { readonly scheme: string; readonly options?: VirtualBoardOptions };
};

const handed = inject('wirewrapBoardSettings' as never) as Handed | undefined;
const started = handed?.startedFrom;
const engines: readonly ReplEngineSource[] = [
  virtualBoardEngine(started?.scheme === 'virtual' ? started.options : {}),
  virtualBoardEngine({ slowness: 10, flashMs: 2 }),
  webAssemblyEngine,
  pyexecEngine,
  ...(handed && started?.scheme !== 'virtual' ? [hardwareEngine(handed.url, handed)] : []),
];

describe.each(engines.filter(({ missing }) => missing === undefined))('$name', suiteOf);
describe.skip.each(engines.filter(({ missing }) => missing !== undefined))('$name ($missing)', suiteOf);

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
