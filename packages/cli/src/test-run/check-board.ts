import type { BoardIdentity } from '@wirewrap/repl-driver';
import { describeIdentity } from '../board/describe-identity.ts';
import { openTarget } from '../board/open-target.ts';
import type { CommandContext } from '../command.ts';
import type { BoardTarget } from '../config/board-target.ts';
import { CliError } from '../errors.ts';

/** Milliseconds for a board to answer before anything else starts. */
const deadlineMs = 10_000;

/** Opens the board, asks who it is and closes it again: bad input ends here, before anything else starts. */
export async function checkBoard(
  target: BoardTarget,
  { signal }: Pick<CommandContext, 'signal'>,
  onProgress: (text: string) => void,
): Promise<string> {
  const progress = (message: string): void => onProgress(`${target.label}: ${message}`);
  // What the configuration starts is running already.
  const running = { ...target, config: { ...target.config, start: undefined } };
  await using opened = await openTarget(running, { signal, deadlineMs, onProgress: progress });
  const identity = await opened.board.identity({ deadlineMs });
  requireSsl(target, identity);
  return `${target.label}: ${describeIdentity(identity)}`;
}

function requireSsl({ url }: BoardTarget, identity: BoardIdentity): void {
  const { ssl, ussl, tls } = identity.modules;
  if (ssl || ussl || tls) return;
  const remedy = 'flash a firmware with ssl (the ones from micropython.org have it)';
  throw new CliError('NO_SSL', `The board ${url} (${describeIdentity(identity)}) has no ssl module; ${remedy}.`);
}
