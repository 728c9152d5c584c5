/**
 * Listens to the tests of `@wirewrap/matchers`: each that made a handshake becomes a case of the run record, under `own/` and
 * the test's name. The board's clock is not touched. A worker loads this by itself where a run provides its URL as
 * `wirewrapRecorder`; elsewhere it is a set-up file of vitest.
 */
import { type BoardSession, onEvidence } from '@wirewrap/matchers';
import { probeCapabilities } from '../capabilities/probe-capabilities.ts';
import { debug } from '../debug.ts';
import { toSerialLog } from '../details/secrets.ts';
import { toHandshakeDetail } from '../details/to-handshake-detail.ts';
import { observeHandshake } from '../observation/handshake-observation.ts';
import { OWN_CASES } from '../record/run-scope.ts';
import type { BoardFacts } from './board-facts.ts';
import './test-times.ts';

const known = new WeakMap<object, Promise<BoardFacts>>();

async function findFacts({ board, url }: BoardSession): Promise<BoardFacts> {
  const { freeHeap: _freeHeap, ...identity } = await board.identity();
  return { board: { url, ...identity }, capabilities: await probeCapabilities(board) };
}

function factsOf(session: BoardSession): Promise<BoardFacts> {
  let facts = known.get(session.board);
  if (facts === undefined) {
    facts = findFacts(session);
    known.set(session.board, facts);
    facts.catch((error: unknown) => {
      debug('the facts of %s are asked for again: %s', session.url, error);
      known.delete(session.board);
    });
  }
  return facts;
}

onEvidence(async ({ task, handshakes, serialLog, session }) => {
  if (session === null || handshakes.length === 0 || task.meta.wirewrap !== undefined) return;
  const observed = handshakes.map((handshake) => observeHandshake(handshake));
  task.meta.wirewrap = {
    ...(await factsOf(session)),
    observations: [{ case: `${OWN_CASES}${task.fullTestName}`, value: observed.length === 1 ? observed[0] : observed }],
    measurements: [],
    handshakes: handshakes.map(toHandshakeDetail),
    serialLog: toSerialLog(serialLog),
  };
});
