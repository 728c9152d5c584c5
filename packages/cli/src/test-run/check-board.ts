import { type BoardTarget, openTarget } from '@wirewrap/boards';
import type { BoardIdentity } from '@wirewrap/repl-driver';
import { BoardNetwork, networkSettings } from '@wirewrap/tls-lab';
import { describeIdentity } from '../board/describe-identity.ts';
import type { CommandContext } from '../command.ts';
import { askWifi, lacksNetwork } from '../config/ask-wifi.ts';
import { CliError } from '../errors.ts';

/** Milliseconds for a board to answer before anything else starts: opening its port may reset it, and it boots first. */
const deadlineMs = 15_000;

export interface CheckedBoard {
  /** Who the board is, in one line. */
  readonly description: string;
  /** What was asked of the user: Wi-Fi settings for the workers. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Opens the board, asks who it is, joins its network and closes it again: bad input ends here, before anything else
 * starts. In a terminal a board without Wi-Fi settings is asked for them.
 */
export async function checkBoard(
  target: BoardTarget,
  { signal, stdout }: Pick<CommandContext, 'signal' | 'stdout'>,
  onProgress: (text: string) => void,
): Promise<CheckedBoard> {
  const progress = (message: string): void => onProgress(`${target.label}: ${message}`);
  // What the configuration starts is running already.
  const running = { ...target, config: { ...target.config, start: undefined } };
  await using opened = await openTarget(running, { signal, deadlineMs, onProgress: progress });
  const identity = await opened.board.identity({ deadlineMs });
  requireSsl(target, identity);
  const settings = { ...process.env, ...opened.env };
  const ask = settings.WIREWRAP_WIFI_SSID === undefined && process.stdin.isTTY && stdout.isTTY;
  const asked =
    ask && (await lacksNetwork(opened.board))
      ? await askWifi(target.label, { input: process.stdin, output: stdout, signal })
      : {};
  if (identity.modules.network) {
    onProgress(`${target.label}: joining its network`);
    await new BoardNetwork(networkSettings({ ...settings, ...asked })).join(opened.board);
  }
  return { description: `${target.label}: ${describeIdentity(identity)}`, env: asked };
}

function requireSsl({ url }: BoardTarget, identity: BoardIdentity): void {
  const { ssl, ussl, tls } = identity.modules;
  if (ssl || ussl || tls) return;
  const remedy = 'flash a firmware with ssl (the ones from micropython.org have it)';
  throw new CliError('NO_SSL', `The board ${url} (${describeIdentity(identity)}) has no ssl module; ${remedy}.`);
}
