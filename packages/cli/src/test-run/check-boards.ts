import { type BoardSettings, type PreparedBoard, type PrepareOptions, prepareBoard } from '@wirewrap/boards';
import type { CommandContext } from '../command.ts';
import { type CheckedBoard, checkBoard } from './check-board.ts';
import type { StatusLine } from './status-line.ts';
import { together } from './together.ts';

/** Where the boards of a run come from, and how long they stay ours. */
export interface CheckBoardsOptions {
  readonly context: CommandContext;
  readonly line: StatusLine;
  /** Gives the boards back at the end of the run. */
  readonly stack: AsyncDisposableStack;
  /** The caller holds the leases. */
  readonly leased: boolean;
}

/** Leases, starts and asks each board before a test does; says of each what it is. */
export async function checkBoards(
  boards: readonly BoardSettings[],
  { context, line, stack, leased }: CheckBoardsOptions,
): Promise<CheckedBoard[]> {
  const tell = (text: string): void => (line.live ? line.show(text) : line.write(`${text}\n`));
  const prepare = async (board: BoardSettings, signal: AbortSignal) => {
    const onProgress = (message: string): void => tell(`${board.label}: ${message}`);
    const lease = leased ? undefined : leaseOf(board, context, line);
    return stack.use(await prepareBoard(board, { signal, onProgress, lease }));
  };
  const prepared = await together(boards, context.signal, prepare);
  const checked: CheckedBoard[] = [];
  // In a terminal one after the other: a board may have a question.
  if (process.stdin.isTTY) for (const board of prepared) checked.push(await checkBoard(board, context, tell));
  else {
    const { stdout } = context;
    const check = (board: PreparedBoard, signal: AbortSignal) => checkBoard(board, { stdout, signal }, tell);
    checked.push(...(await together(prepared, context.signal, check)));
  }
  line.show('');
  for (const { description } of checked) line.write(`${description}\n`);
  return checked;
}

function leaseOf({ label }: BoardSettings, { values }: CommandContext, line: StatusLine): PrepareOptions['lease'] {
  const onWait = (holder: string): void => line.write(`${label}: waiting for ${holder}\n`);
  return { purpose: 'wirewrap test', wait: values.wait === true, onWait };
}
