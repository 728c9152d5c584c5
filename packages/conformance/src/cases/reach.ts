import type { Board } from '@wirewrap/repl-driver';
import { type Handshake, TlsLabError } from '@wirewrap/tls-lab';
import { NO_WAY_TO_BOARD } from '../observation/host-limit.ts';
import type { Lost, Unavailable } from '../observation/not-observed.ts';
import type { CaseBench } from './conformance-case.ts';

/** Whether the host reached a server on the board in this session; unknown until one was started. */
const known = new WeakMap<Board, boolean>();

const NO_CONNECTION: readonly string[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'DEADLINE'];

/** True of the error of a host whose TCP connection to the board never came. */
export function isUnreached(error: unknown): boolean {
  return error instanceof TlsLabError && NO_CONNECTION.includes(error.code);
}

/** True when the board listened and the host did not get through: behind NAT without a forward, or a firewall. */
export function wasUnreached({ role, board, wire, hostError }: Handshake): boolean {
  return role === 'server' && wire === null && board.wrap.step === 'accept' && typeof hostError === 'string';
}

/** Why no server on this board can be asked; null while it is not known, so that nobody waits for each case in vain. */
export function outOfReach({ board }: CaseBench): Unavailable | null {
  return known.get(board) === false ? NO_WAY_TO_BOARD : null;
}

/** Takes down that the host got through. */
export function noteReached({ board }: CaseBench): void {
  known.set(board, true);
}

/** What stands for a case in which the host did not get through; no behaviour of the firmware in any case. */
export function noteUnreached(bench: CaseBench): Unavailable | Lost {
  if (known.get(bench.board) === true) return { lost: 'the host did not reach the board' };
  known.set(bench.board, false);
  return NO_WAY_TO_BOARD;
}
