import { createHash } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '@wirewrap/repl-driver/basics';
import { ignored, instead } from '../debug.ts';
import { type BoardPlace, leaseKeyOf } from '../kinds/kinds.ts';

/** Who uses a board, since when, until when. The kernel's lock on the port protects; this file explains. */
export interface LeaseEntry {
  readonly id: string;
  readonly board: string;
  readonly user: string;
  readonly pid: number;
  /** What for, e.g. `wirewrap test`. */
  readonly purpose: string;
  /** ISO times. A lease is renewed while it is held; one whose `until` has passed is stale. */
  readonly since: string;
  readonly until: string;
}

/** The folder that all users of this machine share. */
export const leaseFolder: string = join(tmpdir(), 'wirewrap-leases');

export async function makeLeaseFolder(folder: string): Promise<void> {
  // Sticky and world-writable like /tmp itself: another user's lease can be read but not removed.
  if (await makeFolder(folder)) await chmod(folder, 0o1777);
}

/**
 * The lease file of a board, or null where nothing is shared: each virtual board is a new one, labgrid has its own locks.
 *
 * @example leasePath(parseBoard('virtual')); // null
 */
export function leasePath(place: BoardPlace, folder: string = leaseFolder): string | null {
  const key = leaseKeyOf(place);
  if (key === null) return null;
  const name = key.replace(/^\/dev\//, '').replace(/[^A-Za-z0-9]+/g, '-');
  return join(folder, `${name}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}.json`);
}

/**
 * The lease as it is in the file; null when there is no file or it cannot be read.
 *
 * @example
 * const path = leasePath(parseBoard('/dev/ttyUSB0'));
 * const lease = path === null ? null : await readLease(path);
 */
export async function readLease(path: string): Promise<LeaseEntry | null> {
  return await readFile(path, 'utf8').then(parseLease, instead(null, `opening the lease ${path}`));
}

/** Null when the text is no lease. */
export function parseLease(text: string): LeaseEntry | null {
  try {
    const value = JSON.parse(text) as LeaseEntry;
    return typeof value.id === 'string' && typeof value.pid === 'number' && typeof value.until === 'string'
      ? value
      : null;
  } catch (error) {
    return instead(null, 'reading a lease')(error);
  }
}

/**
 * Why a lease no longer counts, or null while it does.
 *
 * @example staleReason(lease, Date.now()); // 'process 4711 is gone'
 */
export function staleReason(lease: LeaseEntry, nowMs: number): string | null {
  if (!(Date.parse(lease.until) > nowMs)) return `it ran out at ${lease.until}`;
  if (!isRunning(lease.pid)) return `process ${lease.pid} is gone`;
  return null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Who has a board and what for, in words for a message.
 *
 * @example describeLease(lease); // 'ci (process 4711, wirewrap test) since … until …'
 */
export function describeLease(lease: LeaseEntry): string {
  return `${lease.user} (process ${lease.pid}, ${lease.purpose}) since ${lease.since} until ${lease.until}`;
}

export function currentUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    ignored('asking for the name of this user')(error);
    return String(process.getuid?.() ?? 'unknown');
  }
}
