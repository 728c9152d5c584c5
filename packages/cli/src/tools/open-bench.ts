import type { BoardSettings } from '@wirewrap/boards';
import type { Board } from '@wirewrap/repl-driver';
import type { BoardNetwork } from '@wirewrap/tls-lab';
import type { CommandContext } from '../command.ts';
import type { StatusLine } from '../test-run/status-line.ts';

/** A board on the network in the hands of one command, until it is disposed of. */
export interface BoardBench extends AsyncDisposable {
  readonly board: Board;
  readonly network: BoardNetwork;
  readonly target: BoardSettings;
  /** What is going on, at a terminal. */
  readonly line: StatusLine;
  /** Shows what is done, after the board's name. */
  readonly onProgress: (what: string) => void;
}

type Surroundings = Pick<CommandContext, 'values' | 'env' | 'signal' | 'stderr'>;

/** What the command has already. */
type Given = Partial<Pick<BoardBench, 'line' | 'target'>>;

/** Resolves `--board`, takes the lease, starts what has to be started, opens the REPL, joins the network. */
export async function openBench(
  { values, env, signal, stderr }: Surroundings,
  purpose: string,
  given: Given = {},
): Promise<BoardBench> {
  const { acquireBoard } = await import('@wirewrap/boards');
  const { BoardNetwork } = await import('@wirewrap/tls-lab');
  const { resolveBoard } = await import('../config/board-target.ts');
  const { StatusLine } = await import('../test-run/status-line.ts');
  const onFound = (reason: string): void => void stderr.write(`${reason}\n`);
  const target = given.target ?? (await resolveBoard(values, env, { onFound }));
  const line = given.line ?? new StatusLine(stderr);
  const onProgress = (what: string): void => line.show(`${target.label}: ${what}`);
  const onWait = (holder: string): void => line.write(`waiting for ${holder}\n`);
  const lease = { purpose: `wirewrap ${purpose}`, wait: values.wait === true, onWait };
  await using stack = new AsyncDisposableStack();
  const { board, settings } = stack.use(await acquireBoard(target, { lease, signal, onProgress }));
  const network = new BoardNetwork(settings.network);
  await network.join(board);
  const kept = stack.move();
  return { board, network, target, line, onProgress, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
