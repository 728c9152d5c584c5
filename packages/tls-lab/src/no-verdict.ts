import { formatBoardError } from './board/board-error.ts';
import type { BoardOutcome } from './board/board-outcome.ts';
import { exhaustionOf } from './board/exhaustion.ts';
import type { Handshake } from './handshake.ts';

/**
 * Why no TCP connection came about, in a clause, or null: Wi-Fi that is gone, a firewall, a port that is not forwarded. The
 * board's exception then says nothing of its TLS.
 *
 * @example withoutConnection(handshake); // 'the board got no TCP connection (OSError(113) ECONNABORTED in connect)'
 */
export function withoutConnection({ board: { wrap, crash }, hostError }: Handshake): string | null {
  if (wrap.step !== 'connect' && wrap.step !== 'accept') return null;
  if (wrap.error === null || crash !== null) return null;
  const raised = `the board got no TCP connection (${formatBoardError(wrap.error)} in ${wrap.step})`;
  return hostError ? `${raised}: ${hostError}` : raised;
}

/**
 * Why this handshake says nothing of the board's TLS, in a clause, or null: no connection, no memory, or a supply that broke
 * down. The same case may be tried again.
 *
 * @example noVerdict(handshake); // 'the supply of the board broke down (brown-out)'
 */
export function noVerdict(handshake: Handshake): string | null {
  const { board } = handshake;
  if (supplyFailed(board)) return 'the supply of the board broke down (brown-out)';
  return exhaustionOf(board) ?? withoutConnection(handshake);
}

/**
 * A reset by the brown-out detector: a weak cable or supply. Wi-Fi draws much.
 *
 * @example if (supplyFailed(handshake.board)) console.error('Take a shorter cable or another supply.');
 */
export function supplyFailed({ resetCause }: BoardOutcome): boolean {
  return resetCause === 'brown-out';
}
