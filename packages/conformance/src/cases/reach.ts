import type { Board } from '@wirewrap/repl-driver';
import { type Handshake, TlsLabError } from '@wirewrap/tls-lab';
import { NO_WAY_TO_BOARD } from '../observation/host-limit.ts';
import type { Lost, Unavailable } from '../observation/not-observed.ts';
import type { CaseBench } from './conformance-case.ts';
import { reachesPlainServer } from './control-connection.ts';
import { hasWaitedInVain } from './waited-in-vain.ts';

/** Whether the host reached a server on the board in this session; unknown until one was started. */
const known = new WeakMap<Board, boolean>();

const NO_CONNECTION: readonly string[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'DEADLINE'];

/** True of the error of a host whose TCP connection to the board never came. */
export function isUnreached(error: unknown): boolean {
  return error instanceof TlsLabError && NO_CONNECTION.includes(error.code);
}

/**
 * True when the board listened and the host did not get through: behind NAT without a forward, or a firewall. Where a forward
 * takes the host's connection by itself, only the board knows that none came to it.
 */
export function wasUnreached({ role, board, wire, hostError }: Handshake): boolean {
  if (role !== 'server' || board.wrap.step !== 'accept') return false;
  if (wire === null) return typeof hostError === 'string';
  const { error } = board;
  return error !== null && wire.bytes.board === 0 && hasWaitedInVain({ ...error, name: error.errnoName ?? undefined });
}

/**
 * Whether a connection stood for the board, as far as the host can tell. A network that opens it for the board, as an emulator's
 * does, has an end here before the board has one: then nothing passes, and nobody here has ended it.
 */
function stood(wire: Handshake['wire']): boolean {
  return wire !== null && (wire.bytes.board > 0 || wire.bytes.peer > 0 || wire.close.tcp.peer !== 'open');
}

/** True when no connection of the board came to the host, and the board waited in vain or its own network ended it. */
export function hostWasUnreached({ role, board, wire }: Handshake): boolean {
  const { step, error } = board.wrap;
  if (role !== 'client' || step !== 'connect' || error === null || stood(wire)) return false;
  return error.errnoName === 'ECONNABORTED' || hasWaitedInVain({ ...error, name: error.errnoName ?? undefined });
}

/** Why no server on this board can be asked; null while it is not known, so that nobody waits for each case in vain. */
export function outOfReach({ board }: CaseBench): Unavailable | null {
  return known.get(board) === false ? NO_WAY_TO_BOARD : null;
}

/** Runs a case that connects to the board by itself, twice when the host did not get through. */
export async function reachingBoard(bench: CaseBench, serve: () => Promise<unknown>): Promise<unknown> {
  const reason = outOfReach(bench);
  if (reason !== null) return reason;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const value = await serve();
      noteReached(bench);
      return value;
    } catch (error) {
      if (!isUnreached(error)) throw error;
      if (attempt > 1) return await noteUnreached(bench);
    }
  }
}

/** Takes down that the host got through. */
export function noteReached({ board }: CaseBench): void {
  known.set(board, true);
}

/** On one machine nothing lies between host and board: a server that is not reached does not listen. */
export function sharesHost({ network }: CaseBench): boolean {
  return network.bindAddress === '127.0.0.1';
}

/** A server of the board's that says that it listens and takes no connection: the firmware's doing. */
const TAKES_NO_CONNECTION = {
  end: 'fails',
  at: 'accept',
  error: { type: 'no connection', text: 'the board listens and takes no connection' },
  hello: false,
  boardAlert: null,
  peerAlert: null,
} as const;

/**
 * What a case shows in which the host did not get through. The way to the board is an excuse only where it can be one: not
 * on one machine, and elsewhere only when a server without TLS is out of reach too.
 */
export async function noteUnreached(
  bench: CaseBench,
  control: (bench: CaseBench) => Promise<boolean> = reachesPlainServer,
): Promise<unknown | Unavailable | Lost> {
  if (sharesHost(bench)) return TAKES_NO_CONNECTION;
  if (known.get(bench.board) === true) return { lost: 'the host did not reach the board' } satisfies Lost;
  if (await control(bench)) return TAKES_NO_CONNECTION;
  known.set(bench.board, false);
  return NO_WAY_TO_BOARD;
}
