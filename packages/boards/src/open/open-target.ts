import { setTimeout as sleep } from 'node:timers/promises';
import { type Board, type OpenBoardOptions, openBoard } from '@wirewrap/repl-driver';
import { startBoardSource } from '../source/board-source.ts';
import type { BoardTarget } from './board-target.ts';
import { startCommand } from './started-command.ts';

export interface OpenTargetOptions extends Pick<OpenBoardOptions, 'deadlineMs' | 'onRecovery'> {
  readonly signal: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** A board that is open, and what was started or acquired for it. Disposing undoes all of it. */
export interface OpenTarget extends AsyncDisposable {
  readonly board: Board;
  /** Network settings of the board: its own defaults, then those of the configuration and the flags. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts what the board needs (its `start` command, a virtual board, an emulator, a labgrid place) and opens it. */
export async function openTarget(target: BoardTarget, options: OpenTargetOptions): Promise<OpenTarget> {
  await using stack = new AsyncDisposableStack();
  await startConfigured(target, stack, options);
  const source = stack.use(await startBoardSource(target.url, options));
  const powerCycle = target.config.powerCycle ?? source.powerCycle;
  const password = target.env.WIREWRAP_WIFI_PASSWORD || process.env.WIREWRAP_WIFI_PASSWORD;
  const board = stack.use(
    await openBoard(source.url, {
      signal: options.signal,
      ...(password ? { secrets: [password] } : {}),
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      ...(options.onRecovery ? { onRecovery: options.onRecovery } : {}),
      ...(powerCycle ? { powerCycle } : {}),
    }),
  );
  const kept = stack.move();
  return { board, env: { ...source.env, ...target.env }, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

const typedWrongly: ReadonlySet<unknown> = new Set(['BAD_URL', 'BAD_BOARD_URL', 'BAD_SETTING', 'HOST']);

function isTypedWrongly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typedWrongly.has(error.code);
}

/** Runs the board's `start` command, if it has one, and waits until the board can be opened. */
export async function startConfigured(
  { config, url, label }: BoardTarget,
  stack: AsyncDisposableStack,
  { signal, onProgress }: Pick<OpenTargetOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  if (!config.start) return;
  onProgress?.(`${label}: ${config.start}`);
  const command = startCommand(config.start);
  stack.defer(() => command.stop());
  const startedAt = performance.now();
  const deadlineMs = config.startDeadlineMs ?? 60_000;
  for (;;) {
    command.throwIfFailed();
    try {
      await using source = await startBoardSource(url, { signal });
      await using _board = await openBoard(source.url, { signal, deadlineMs: 5_000 });
      return;
    } catch (error) {
      // A word that was typed wrongly does not mend itself while the command runs.
      if (signal.aborted || isTypedWrongly(error) || performance.now() - startedAt > deadlineMs) throw error;
    }
    await sleep(500, undefined, { signal });
  }
}
