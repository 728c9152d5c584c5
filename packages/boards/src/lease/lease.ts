import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rmdir, stat, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeNew, writeWhole } from '@wirewrap/repl-driver/basics';
import { debug, ignored } from '../debug.ts';
import { BoardsError } from '../errors.ts';
import type { BoardSettings } from '../settings/board-settings.ts';
import {
  currentUser,
  describeLease,
  type LeaseEntry,
  leaseFolder,
  leasePath,
  makeLeaseFolder,
  parseLease,
  readLease,
  staleReason,
} from './lease-file.ts';

/** Other users read who has the board; the folder is there, and all users' own. */
const AS_LEASE = { mode: 0o644, makeFolder: false } as const;

/** For whom a board is leased, and what to do while somebody else has it. */
export interface LeaseOptions {
  readonly purpose: string;
  /** Queue until the board is free instead of failing at once. */
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
  /** Called once for each holder that is waited for. */
  readonly onWait?: (holder: string) => void;
  readonly folder?: string;
  /** Milliseconds since 1970. Default: this host's clock. */
  readonly now?: () => number;
  /** Makes a name for the lease that no other has. */
  readonly newId?: () => string;
  /** Milliseconds that a lease lasts unless it is renewed. Default 120,000; it is renewed every quarter of that. */
  readonly termMs?: number;
}

const POLL_MS = 250;
const TAKEOVER_POLL_MS = 20;
/** Milliseconds after which a take-over that never ended is ignored. */
const TAKEOVER_MS = 10_000;

/**
 * A board that is ours until it is disposed of.
 *
 * @example await using lease = await Lease.acquire(parseBoard('/dev/ttyUSB0'), { purpose: 'soak test', wait: true });
 */
export class Lease implements AsyncDisposable {
  readonly #path: string | null;
  readonly #record: LeaseEntry;
  readonly #timer: NodeJS.Timeout | undefined;
  #renewal: Promise<void> = Promise.resolve();

  private constructor(path: string | null, record: LeaseEntry, renewal?: Renewal) {
    this.#path = path;
    this.#record = record;
    if (path === null || renewal === undefined) return;
    const renew = (): void => {
      this.#renewal = this.#renewal
        .then(() => renewLease(path, record, renewal))
        .catch((error) => debug('%s is not renewed: %s', path, error));
    };
    this.#timer = setInterval(renew, renewal.termMs / 4).unref();
  }

  /** Takes the board, or fails with `LEASED` naming who has it. */
  static async acquire(settings: BoardSettings, options: LeaseOptions): Promise<Lease> {
    const { folder = leaseFolder, now = Date.now, newId = randomUUID, termMs = 120_000, signal } = options;
    const { url } = settings;
    const path = leasePath(settings, folder);
    const write = (): LeaseEntry => ({
      id: newId(),
      board: url,
      user: currentUser(),
      pid: process.pid,
      purpose: options.purpose,
      since: new Date(now()).toISOString(),
      until: new Date(now() + termMs).toISOString(),
    });
    if (path === null) return new Lease(null, write());
    await writing(folder, makeLeaseFolder(folder));
    let waitedFor: string | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const record = write();
      if (await writing(path, writeNew(path, JSON.stringify(record), AS_LEASE))) {
        return new Lease(path, record, { now, termMs });
      }
      const holder = await readLease(path);
      if (holder && !staleReason(holder, now())) {
        if (!options.wait) {
          const remedy = 'wait for it with --wait, or end that process';
          throw new BoardsError('LEASED', `The board ${url} is in use by ${describeLease(holder)}; ${remedy}.`);
        }
        if (waitedFor !== holder.id) options.onWait?.(describeLease(holder));
        waitedFor = holder.id;
        await sleep(POLL_MS, undefined, { signal });
      } else if (!(await removeStale(path, now))) {
        await sleep(TAKEOVER_POLL_MS, undefined, { signal });
      }
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    // One that is under way would write the lease again when it is gone.
    await this.#renewal;
    if (this.#path === null) return;
    const current = await readLease(this.#path);
    if (current?.id === this.#record.id) await unlink(this.#path).catch((error) => debug('not released: %s', error));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }
}

/** A lease that cannot be written is for the user to mend: one sentence that names the file. */
async function writing<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined) throw cause;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    const remedy = full ? 'make room there' : 'name another temporary folder in TMPDIR, which can be written';
    throw new BoardsError(full ? 'HOST' : 'BAD_FILE', `Cannot write ${path} (${code}); ${remedy}.`, { cause });
  }
}

/** Removes a stale lease. Only one process at a time may, and it looks again before it does: nobody loses a fresh one. */
async function removeStale(path: string, now: () => number): Promise<boolean> {
  const guard = `${path}.takeover`;
  try {
    await mkdir(guard);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const age = await stat(guard).then(
      (found) => now() - found.mtimeMs,
      () => 0,
    );
    if (age > TAKEOVER_MS) await rmdir(guard).catch(ignored('removing the guard of a lease'));
    return false;
  }
  try {
    // Missing is not unreadable: whoever finds no file must not remove the one that another process creates meanwhile.
    const text = await readFile(path, 'utf8').catch(ignoreMissing);
    if (text === undefined) return true;
    const holder = parseLease(text);
    if (holder === null || staleReason(holder, now())) await unlink(path).catch(ignoreMissing);
    return true;
  } finally {
    await rmdir(guard).catch(ignored('removing the guard of a lease'));
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code === 'ENOENT') return;
  if (error.code === 'EPERM' || error.code === 'EACCES') {
    throw new BoardsError(
      'LEASED',
      `The lease ${error.path} is stale but belongs to another user; remove it as that user.`,
    );
  }
  throw error;
}

interface Renewal {
  readonly now: () => number;
  readonly termMs: number;
}

async function renewLease(path: string, record: LeaseEntry, { now, termMs }: Renewal): Promise<void> {
  const current = await readLease(path);
  if (current?.id !== record.id) return;
  const renewed = { ...record, until: new Date(now() + termMs).toISOString() };
  await writeWhole(path, JSON.stringify(renewed), AS_LEASE);
}
