import type { BoardSettings, PreparedBoard } from '@wirewrap/boards';
import type { BoardIdentity } from '@wirewrap/repl-driver';
import { BoardNetwork } from '@wirewrap/tls-lab';
import { describeIdentity } from '../board/describe-identity.ts';
import type { CommandContext } from '../command.ts';
import { askWifi, lacksNetwork } from '../config/ask-wifi.ts';
import { CliError } from '../errors.ts';

/** Milliseconds for a board to answer before anything else starts: opening its port may reset it, and it boots first. */
const DEADLINE_MS = 15_000;
/** Milliseconds to say who it is, for a board that has answered: it looks into its flash, and slow is not broken. */
const IDENTITY_MS = 60_000;

export interface CheckedBoard {
  /** Who the board is, in one line. */
  readonly description: string;
  /** What the workers open the same board with. */
  readonly settings: BoardSettings;
}

/**
 * Opens the board, asks who it is, joins its network and closes the port again: bad input ends here, before anything else
 * starts. What was started for the board goes on, and the workers use it. In a terminal a board without Wi-Fi settings is
 * asked for them.
 */
export async function checkBoard(
  prepared: PreparedBoard,
  { signal, stdout }: Pick<CommandContext, 'signal' | 'stdout'>,
  onProgress: (text: string) => void,
): Promise<CheckedBoard> {
  const { label, url, network } = prepared.settings;
  await using board = await prepared.open({ signal, deadlineMs: DEADLINE_MS });
  const identity = await board.identity({ deadlineMs: IDENTITY_MS });
  requireSsl(url, identity);
  const ask = network.wifi === undefined && process.stdin.isTTY && stdout.isTTY;
  const asked =
    ask && (await lacksNetwork(board)) ? await askWifi(label, { input: process.stdin, output: stdout, signal }) : null;
  const joined = asked ? { ...network, wifi: asked } : network;
  if (identity.modules.network) {
    onProgress(`${label}: joining its network`);
    await new BoardNetwork(joined).join(board);
  }
  const settings = { ...(await prepared.handOver()), network: joined };
  return { description: `${label}: ${describeIdentity(identity)}`, settings };
}

function requireSsl(url: string, identity: BoardIdentity): void {
  const { ssl, ussl, tls } = identity.modules;
  if (ssl || ussl || tls) return;
  const remedy = 'flash a firmware with ssl (the ones from micropython.org have it)';
  throw new CliError('NO_SSL', `The board ${url} (${describeIdentity(identity)}) has no ssl module; ${remedy}.`);
}
