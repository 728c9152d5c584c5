import type { BoardSettings } from '@wirewrap/boards';
import type { ConformanceCase } from '../cases/conformance-case.ts';
import { findCase } from '../cases/find-case.ts';
import { claimsOf } from '../claims/index.ts';
import { recordName } from '../compare/compare-runs.ts';
import { boardFingerprints } from '../details/board-fingerprints.ts';
import type { CaseDetail } from '../details/case-detail.ts';
import { ConformanceError } from '../errors.ts';
import { canonicalJson } from '../observation/canonical-json.ts';
import { buildRunRecord } from '../record/build-record.ts';
import { orderAndCount } from '../reporter/planned-run.ts';
import { RunTimes } from '../reporter/run-times.ts';
import type { RunRecord, SharingBoard } from '../run-record.ts';
import { type CaseSelection, describeSelection, repeatOf } from '../selection/case-selection.ts';
import { selectCases } from '../selection/select-cases.ts';
import type { CaseAnswer } from '../suite/ask-one.ts';
import { budgetOf } from '../suite/repeat-case.ts';
import { BoardProcess, type ReadyBoard } from './board-process.ts';
import { CaseQueue } from './case-queue.ts';

/** What a run is that several boards share. */
export interface SplitOptions {
  /** At least one. */
  readonly boards: readonly BoardSettings[];
  readonly selection?: CaseSelection;
  /** Path of a reviewed record to compare with. */
  readonly baseline?: string;
  readonly startedAt: Date;
  /** Whether the record says where the time went; it is that of all boards together. */
  readonly profile?: boolean;
  /**
   * Milliseconds for the answer to one case; a board whose process takes longer is gone. Default twice the time that the case
   * may take, and two minutes for a board that has to be brought back.
   */
  readonly answerMs?: number;
  readonly signal?: AbortSignal;
  readonly onAsked?: (board: string, id: string) => void;
  readonly onAnswer?: (board: string, detail: CaseDetail) => void;
  readonly onGone?: (board: string, reason: string) => void;
  /** Called with the id of the process of each board, once it is open. */
  readonly onReady?: (board: string, pid: number) => void;
}

/** What several boards showed together. */
export interface SplitRun {
  readonly record: RunRecord;
  readonly details: readonly CaseDetail[];
}

/** Milliseconds for a board that has to be brought back before or after its case. */
const BACK_MS = 120_000;

interface Hand {
  readonly label: string;
  readonly process: BoardProcess;
  cases: number;
  gone: string | null;
}

/** What makes two boards one firmware: version, build and everything that it can do, whichever board it is on. */
function firmwareOf({ board, capabilities }: ReadyBoard): string {
  const { version, build, machine, platform } = board;
  return canonicalJson({ version, build, machine, platform, capabilities });
}

function requireOneFirmware(ready: readonly (ReadyBoard & { readonly label: string })[]): void {
  const [first, ...others] = ready;
  const other = others.find((board) => first !== undefined && firmwareOf(board) !== firmwareOf(first));
  if (first === undefined || other === undefined) return;
  const name = ({ label, board, capabilities }: (typeof ready)[number]): string =>
    `${label} has ${recordName({ board: { ...board, capabilities } } as unknown as RunRecord)} (${String(board.build)})`;
  throw new ConformanceError(
    'OTHER_FIRMWARE',
    `Boards that share the cases must have the same firmware, and ${name(first)} while ${name(other)}: flash one of them, or run them without --split`,
  );
}

async function open(stack: AsyncDisposableStack, { boards, baseline, selection = {} }: SplitOptions) {
  const hands = boards.map((settings): Hand => {
    const process = stack.use(new BoardProcess({ settings, baseline: baseline ?? null, repeat: repeatOf(selection) }));
    return { label: settings.label, process, cases: 0, gone: null };
  });
  const ready = await Promise.all(
    hands.map(async ({ label, process }) => {
      try {
        return { label, ...(await process.ready()) };
      } catch (cause) {
        throw new ConformanceError('BOARD_GONE', `The board ${label} cannot be used: ${(cause as Error).message}`, {
          cause,
        });
      }
    }),
  );
  requireOneFirmware(ready);
  return { hands, ready };
}

/**
 * Asks the cases of a run on several boards of one firmware: each case once, on whichever board is free. The cases of a
 * board that stops answering go to the others. The record is that of one run.
 *
 * @example await runSplit({ boards: [parseBoard('virtual'), parseBoard('virtual')], startedAt: new Date() });
 * @throws ConformanceError `OTHER_FIRMWARE` when the boards differ, `BOARD_GONE` when one cannot be opened
 */
export async function runSplit(options: SplitOptions): Promise<SplitRun> {
  const { selection = {}, signal, startedAt } = options;
  const cases = selectCases(selection);
  const queue = new CaseQueue(cases);
  const answers = new Map<string, CaseAnswer>();
  const times = new RunTimes();
  await using stack = new AsyncDisposableStack();
  const { hands, ready } = await open(stack, options);
  for (const { label, process } of hands) options.onReady?.(label, process.pid ?? 0);
  signal?.addEventListener('abort', () => queue.close(), { once: true });
  const ended = aborted(signal);
  await Promise.all(hands.map((hand) => serve(hand)));
  const first = ready[0] as ReadyBoard;
  const details = [...answers.values()].map(({ detail }) => detail);
  const fingerprints = boardFingerprints(details);
  const asked = new Set(cases.map(({ id }) => id));
  const observations = [...answers].flatMap(([id, { value }]) => (value === undefined ? [] : [{ case: id, value }]));
  const record = buildRunRecord({
    board: { ...first.board, ...(fingerprints === null ? {} : { fingerprints }) },
    capabilities: first.capabilities,
    claims: claimsOf(asked),
    observations,
    measurements: [...answers.values()].flatMap(({ measurements }) => measurements),
    asked,
    run: {
      startedAt: startedAt.toISOString(),
      filter: describeSelection(selection),
      interrupted: signal?.aborted === true,
      ...orderAndCount(selection),
      boards: hands.map(sharingBoard),
      ...(first.footprint === null ? {} : { harness: first.footprint }),
      ...(options.profile === true ? { profile: times.profile() } : {}),
    },
  });
  return { record, details };

  async function serve(hand: Hand): Promise<void> {
    for (;;) {
      const asking = await queue.next(hand.label);
      if (asking === null) return;
      options.onAsked?.(hand.label, asking.case);
      const item = findCase(asking.case) as ConformanceCase;
      const limitMs = options.answerMs ?? 2 * budgetOf(item, repeatOf(selection)) + BACK_MS;
      const answer = await Promise.race([hand.process.ask(asking, limitMs), ended]);
      if (answer === null) return;
      if ('gone' in answer) {
        hand.gone = answer.gone;
        queue.giveBack(hand.label, asking.case);
        options.onGone?.(hand.label, answer.gone);
        return;
      }
      hand.cases += 1;
      answers.set(asking.case, answer);
      times.add(answer.times, asking.case);
      options.onAnswer?.(hand.label, answer.detail);
      if (selection.untilFail === true && answer.detail.status === 'failed') queue.close();
      queue.done();
    }
  }
}

/** Resolves with null when somebody ends the run. */
function aborted(signal: AbortSignal | undefined): Promise<null> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve(null);
    signal?.addEventListener('abort', () => resolve(null), { once: true });
  });
}

function sharingBoard({ label, cases, gone }: Hand): SharingBoard {
  return { label, cases, ...(gone === null ? {} : { gone }) };
}
