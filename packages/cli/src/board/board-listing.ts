import {
  acquireBoard,
  type BoardSettings,
  describeLease,
  leasePath,
  parseBoard,
  readLease,
  staleReason,
} from '@wirewrap/boards';
import { type BoardIdentity, findHolders } from '@wirewrap/repl-driver';
import { isExpectedError } from '../errors.ts';
import { chipOf, describeFirmware } from './describe-identity.ts';
import type { PortInfo } from './serial-ports.ts';

/** One line of `wirewrap boards`. */
export interface BoardListing extends PortInfo {
  readonly chip: string | null;
  /** `MicroPython 1.26.1 (…)`; why it is not known otherwise. */
  readonly firmware: string;
  /** Who uses the board now: the lease, or the process that has the port open. */
  readonly holder: string | null;
}

export interface ListingOptions {
  readonly signal: AbortSignal;
  /** Whether free ports are opened to ask who is there. */
  readonly ask: boolean;
  /** Milliseconds for a board to answer. Default 4,000. */
  readonly deadlineMs?: number;
}

/** Looks at every port at the same time. A port that somebody holds is left alone. */
export async function listBoards(ports: readonly PortInfo[], options: ListingOptions): Promise<BoardListing[]> {
  return await Promise.all(ports.map((port) => lookAt(port, options)));
}

async function lookAt(port: PortInfo, options: ListingOptions): Promise<BoardListing> {
  const settings = parseBoard(port.path);
  const holder = await findHolder(settings, port.path);
  if (holder !== null) return { ...port, chip: null, firmware: 'not asked: in use', holder };
  if (!options.ask) return { ...port, chip: null, firmware: 'not asked', holder };
  const identity = await askIdentity(settings, options);
  if (typeof identity === 'string') return { ...port, chip: null, firmware: identity, holder };
  return { ...port, chip: chipOf(identity), firmware: describeFirmware(identity), holder };
}

async function findHolder(settings: BoardSettings, path: string, now = Date.now): Promise<string | null> {
  const lease = await readLease(leasePath(settings) ?? '');
  if (lease && !staleReason(lease, now())) return describeLease(lease);
  const holders = findHolders(path);
  return holders.length === 0 ? null : holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ');
}

async function askIdentity(
  settings: BoardSettings,
  { signal, deadlineMs = 4_000 }: ListingOptions,
): Promise<BoardIdentity | string> {
  try {
    await using acquired = await acquireBoard(settings, { deadlineMs, signal });
    return await acquired.board.identity({ deadlineMs });
  } catch (error) {
    if (!isExpectedError(error)) throw error;
    if (error.code === 'NOT_MICROPYTHON') return 'no MicroPython answered';
    return error.code === 'NO_PERMISSION' ? 'no permission' : error.message;
  }
}
