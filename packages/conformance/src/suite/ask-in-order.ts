import type { BoardSession } from '@wirewrap/boards';
import { createPki } from '@wirewrap/certgen';
import type { ConformanceCase } from '../cases/conformance-case.ts';
import { findCase } from '../cases/find-case.ts';
import { ConformanceError } from '../errors.ts';
import type { ListedCase } from '../selection/select-cases.ts';
import { askOne, type CaseAnswer } from './ask-one.ts';
import { boardFacts } from './board-facts.ts';
import { tryFreshBoard } from './fresh-board.ts';
import { newRunState } from './run-state.ts';
import { TimesOfTests } from './times-of-tests.ts';

/** How cases are asked in order. */
export interface AskInOrderOptions {
  /** After this no further case is begun. */
  readonly signal?: AbortSignal;
  /** Called with the id of each case before it is asked. */
  readonly onCase?: (id: string) => void;
}

/**
 * Asks cases in this order, as a run does that knows nothing yet: the board is reset before the first of each suite. Each is
 * run once, whatever it shows. Resolves with what the last one showed.
 *
 * @example (await askInOrder(session, selectCases({ cases: ['module/*'], shuffle: 7 }))).value
 * @throws BoardsError `BOARD_SILENT` or `NOT_WHOLE` when the board does not answer before a case; ConformanceError
 *   `NO_SUCH_CASE` where there is no case to ask
 */
export async function askInOrder(
  session: BoardSession,
  cases: readonly Pick<ListedCase, 'id' | 'suite'>[],
  { signal, onCase }: AskInOrderOptions = {},
): Promise<CaseAnswer> {
  const { capabilities: can } = await boardFacts(session.board, session.url);
  const state = newRunState();
  const once = { times: 1, untilOther: false };
  const bench = { session, pki: createPki(), can, state, baseline: null, times: new TimesOfTests(), repeat: once };
  let answer: CaseAnswer | undefined;
  for (const [at, { id, suite }] of cases.entries()) {
    signal?.throwIfAborted();
    onCase?.(id);
    if (suite !== cases[at - 1]?.suite) {
      await tryFreshBoard(session);
      state.heap.forget();
    }
    answer = await askOne(findCase(id) as ConformanceCase, bench);
  }
  if (answer === undefined) throw new ConformanceError('NO_SUCH_CASE', 'No case was named: name one at least');
  return answer;
}
