/** The process of one board of a run that shares its cases: answers one case after the other until it is told to end. */
import { acquireSession } from '@wirewrap/boards';
import { createPki } from '@wirewrap/certgen';
import type { ConformanceCase } from '../cases/conformance-case.ts';
import { findCase } from '../cases/find-case.ts';
import { ignored } from '../debug.ts';
import { type AskBench, askOne, type CaseAnswer } from '../suite/ask-one.ts';
import { baselineValues } from '../suite/baseline-values.ts';
import { boardFacts } from '../suite/board-facts.ts';
import { tryFreshBoard } from '../suite/fresh-board.ts';
import { measureFootprint } from '../suite/measure-footprint.ts';
import { newRunState } from '../suite/run-state.ts';
import { TimesOfTests } from '../suite/times-of-tests.ts';
import { type AskMessage, END, type WorkerMessage, type WorkerStart } from './messages.ts';

function say(message: WorkerMessage): Promise<void> {
  return new Promise((told) => process.send?.(message, () => told()) ?? told());
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A failure that a board which is gone explains as well as anything else. */
function maybeGone({ detail: { status, skipped, failureClass } }: CaseAnswer): boolean {
  if (status === 'failed') return failureClass === 'board' || failureClass === 'link';
  return status === 'skipped' && skipped?.startsWith('lost: ') === true;
}

async function answer({ case: id, fresh }: AskMessage, bench: AskBench): Promise<WorkerMessage> {
  try {
    if (fresh) {
      await tryFreshBoard(bench.session);
      bench.state.heap.forget();
    }
    const told = await askOne(findCase(id) as ConformanceCase, bench);
    if (maybeGone(told)) await bench.session.whole.require();
    return { says: 'answer', answer: told };
  } catch (error) {
    return { says: 'gone', reason: reasonOf(error) };
  }
}

async function work({ settings, baseline, repeat }: WorkerStart): Promise<void> {
  const session = await acquireSession(settings);
  try {
    const { board, capabilities } = await boardFacts(session.board, settings.url);
    const state = newRunState();
    await measureFootprint(session, state);
    const bench: AskBench = {
      ...{ session, pki: createPki(), can: capabilities, state, times: new TimesOfTests(), repeat },
      baseline: baseline === null ? null : await baselineValues(baseline),
    };
    const { promise, resolve } = Promise.withResolvers<void>();
    // One at a time: the run asks for the next when it has an answer.
    let last: Promise<unknown> = Promise.resolve();
    process.on('message', (asked: AskMessage | typeof END) => {
      if (asked === END) resolve();
      else last = last.then(() => answer(asked, bench)).then(say);
    });
    process.once('disconnect', resolve);
    // The run may be gone since before the board was open.
    if (!process.connected) resolve();
    await say({ says: 'ready', board, capabilities, footprint: state.footprint ?? null });
    await promise;
    await last;
  } finally {
    await session.release().catch(ignored('giving the board back'));
  }
}

// Ctrl-C in a terminal reaches this process too; the run tells it when to end.
process.on('SIGINT', ignored('an interrupt'));
process.once('message', (start: WorkerStart) => {
  work(start)
    .catch((error: unknown) => say({ says: 'gone', reason: reasonOf(error) }))
    .finally(() => process.disconnect?.());
});
