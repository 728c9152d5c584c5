import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { ignored } from '../debug.ts';

/** A process that has a device open. */
export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes that hold a device: those with a lock on it (/proc/locks) first, else all that have it open. Linux only.
 *
 * @example findHolders('/dev/ttyUSB0'); // [{ pid: 4711, command: 'mpremote repl' }]
 */
export function findHolders(path: string, self: number = process.pid): PortHolder[] {
  const locking = lockOwners(path);
  const open = openers(path);
  const pids = locking.length > 0 ? locking : open.filter((pid) => pid !== self);
  return [...new Set(pids)].map((pid) => ({ pid, command: commandOf(pid) }));
}

/** `pid 4711 (mpremote connect …) holds it`, for an error message. */
export function describeHolders(path: string): string {
  const holders = findHolders(path);
  if (holders.length === 0) return 'another program holds it (which one is hidden; `sudo fuser -v` on the port tells)';
  return `${holders.map(({ pid, command }) => `pid ${pid} (${command})`).join(' and ')} holds it`;
}

function lockOwners(path: string): number[] {
  try {
    const { dev, ino } = statSync(path);
    const major = ((dev >> 8) & 0xfff).toString(16).padStart(2, '0');
    const minor = ((dev & 0xff) | ((dev >> 12) & 0xfff00)).toString(16).padStart(2, '0');
    const file = `${major}:${minor}:${ino}`;
    const lines = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .map((line) => line.replace('->', '').trim().split(/\s+/));
    return lines
      .filter((fields) => fields[5] === file)
      .map((fields) => Number(fields[4]))
      .filter((pid) => pid > 0);
  } catch (error) {
    ignored('looking for the holder of a port')(error);
    return [];
  }
}

function openers(path: string): number[] {
  try {
    const target = realpathSync(path);
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => hasOpen(pid, target));
  } catch (error) {
    ignored('looking for the holder of a port')(error);
    return [];
  }
}

function hasOpen(pid: number, target: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === target);
  } catch (error) {
    ignored('looking for the holder of a port')(error);
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/[\0\s]+/g, ' ');
    return words.trim().slice(0, 120) || '?';
  } catch (error) {
    ignored('looking for the holder of a port')(error);
    return '?';
  }
}
