import { PROFILES } from '@wirewrap/certgen';
import { formatBoardError, type Handshake, supplyFailed } from '@wirewrap/tls-lab';
import { CannotJudge } from '../errors.ts';
import { completedOnWire, type Judgement, requireConnection } from './judgement.ts';

/** Both ends finished the handshake, and no step on the board raised. */
export function judgeComplete(handshake: Handshake): Judgement {
  const { board } = handshake;
  return {
    pass: board.completed && completedOnWire(handshake),
    expected: 'complete on both ends',
    actual: ending(handshake),
  };
}

/** The board died or reset. */
export function judgeCrash({ board }: Handshake, wanted?: string | RegExp): Judgement {
  const text = board.crash;
  if (wanted === undefined && supplyFailed(board)) {
    const message = `The board reset because its supply broke down, which says nothing of its firmware: ${text}`;
    throw new CannotJudge(message, 'BOARD_RESET');
  }
  const fits =
    text !== null && (wanted === undefined || (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)));
  return {
    pass: fits,
    expected: `crash the board${wanted === undefined ? '' : ` with ${String(wanted)}`}`,
    actual: text === null ? 'it survived' : `it crashed: ${text}`,
  };
}

/**
 * The board completed although the certificate that it was shown is one that a careful end refuses. Several handshakes
 * are judged together: every one has to complete.
 */
export function judgeTrustAny(given: Handshake | readonly Handshake[]): Judgement {
  const handshakes: readonly Handshake[] = Array.isArray(given) ? given : [given as Handshake];
  const bad = handshakes.filter(presentsBadCertificate);
  if (bad.length === 0) {
    const shown = handshakes.map(({ certificate }) => certificate?.profile ?? 'none').join(', ');
    throw new CannotJudge(
      `The board was shown no certificate that a careful end refuses (shown: ${shown}), so that trusting it proves nothing; use a profile such as 'self-signed' or 'expired'.`,
    );
  }
  for (const handshake of handshakes) requireConnection(handshake);
  const refused = handshakes.filter((handshake) => !trusted(handshake));
  const name = ({ certificate }: Handshake) => `'${certificate?.profile ?? 'unnamed'}'`;
  return {
    pass: refused.length === 0,
    expected: 'trust any certificate',
    actual:
      refused.length === 0
        ? `the board accepted ${bad.map(name).join(', ')}`
        : `the board did not complete against ${refused.map((one) => `${name(one)} (${ending(one)})`).join(', ')}`,
  };
}

/** How it ended on the board and on the wire, as a clause. */
export function ending(handshake: Handshake): string {
  const { board, wire } = handshake;
  if (board.crash) return `the board crashed: ${board.crash}`;
  if (board.error) {
    const where = [board.wrap, ...board.steps].find((step) => step.error)?.step;
    return `the board raised ${formatBoardError(board.error)}${where ? ` in ${where}` : ''}`;
  }
  if (!wire) return 'no connection came about';
  if (!completedOnWire(handshake)) return 'the handshake did not complete on the wire';
  return 'it completed on both ends';
}

function trusted(handshake: Handshake): boolean {
  const { board } = handshake;
  return board.crash === null && board.wrap.error === null && completedOnWire(handshake);
}

/** By certgen's table: refused by OpenSSL, by mbedTLS, or written down as wrong. */
function presentsBadCertificate({ role, certificate }: Handshake): boolean {
  if (role !== 'client' || !certificate) return false;
  const row = PROFILES.find(({ name }) => name === certificate.profile);
  return row ? row.refuse !== null : certificate.profile !== 'good';
}
