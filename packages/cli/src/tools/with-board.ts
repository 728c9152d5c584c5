import type { PreparedBoard } from '@wirewrap/boards';
import type { Board } from '@wirewrap/repl-driver';
import type { CommandContext } from '../command.ts';

/** A board in the hands of one command. */
export interface BoardInHand {
  readonly board: Board;
  /** True for a board that was started for this command: its interpreter is new, and its files go with it. */
  readonly fresh: boolean;
}

type Surroundings = Pick<CommandContext, 'values' | 'env' | 'signal' | 'stderr'>;

/** Resolves `--board`, takes the lease, starts what has to be started, opens the REPL; gives all of it back at the end. */
export async function withBoard<T>(
  surroundings: Surroundings,
  purpose: string,
  work: (inHand: BoardInHand) => Promise<T>,
): Promise<T> {
  await using prepared = await prepare(surroundings, purpose);
  await using board = await prepared.open({ signal: surroundings.signal });
  return await work({ board, fresh: STARTED_BY_US.has(prepared.settings.startedFrom?.scheme ?? '') });
}

/** As `withBoard`, for somebody who types: the line is not opened, and no session of the driver's is on it. */
export async function withLine<T>(
  surroundings: Surroundings,
  purpose: string,
  work: (prepared: PreparedBoard) => Promise<T>,
): Promise<T> {
  await using prepared = await prepare(surroundings, purpose);
  return await work(prepared);
}

const STARTED_BY_US: ReadonlySet<string> = new Set(['virtual', 'emu']);

async function prepare({ values, env, signal, stderr }: Surroundings, purpose: string): Promise<PreparedBoard> {
  const { prepareBoard } = await import('@wirewrap/boards');
  const { resolveBoard } = await import('../config/board-target.ts');
  const onWait = (holder: string): void => void stderr.write(`waiting for ${holder}\n`);
  const lease = { purpose: `wirewrap ${purpose}`, wait: values.wait === true, onWait };
  const onFound = (reason: string): void => void stderr.write(`${reason}\n`);
  return await prepareBoard(await resolveBoard(values, env, { onFound }), { signal, lease });
}
