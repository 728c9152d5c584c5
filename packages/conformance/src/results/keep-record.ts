import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { detailsPathOf } from '../details/details-file.ts';
import { readRunRecord } from '../record/record-file.ts';
import { scopeOf } from '../record/run-scope.ts';
import type { RunRecord } from '../run-record.ts';

/** `2026-11-28T20-28-12Z`: a time that every file system takes, in the order of time. */
function fileNameOfTime(startedAt: string): string {
  return new Date(startedAt)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

/** `results/ttyUSB0/2026-11-28T20-28-12Z.json`; the label's characters that a file name cannot have become `-`. */
export function recordPathOf(folder: string, label: string, startedAt: string): string {
  return join(folder, label.replaceAll(/[^A-Za-z0-9._-]+/g, '-'), `${fileNameOfTime(startedAt)}.json`);
}

/** Makes `path` name `target` at once: by a link, or as a copy where links are not allowed. */
async function pointTo(path: string, target: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await symlink(relative(dirname(path), target), temporary).catch(() => copyFile(target, temporary));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Makes `latest.json` name a record that was just written in `FOLDER/BOARD/`: the board's own, and the one in `folder`.
 * A run that is not whole changes neither. Resolves with the paths that name the record now.
 */
export async function pointLatestAt(folder: string, path: string, record: RunRecord): Promise<string[]> {
  if (!scopeOf(record).whole) return [];
  const links = [...new Set([join(dirname(path), 'latest.json'), join(folder, 'latest.json')])];
  for (const link of links) {
    await mkdir(dirname(link), { recursive: true });
    await pointTo(detailsPathOf(link), detailsPathOf(path));
    await pointTo(link, path);
  }
  return links;
}

/** Where a record goes that was asked for at `path`: beside it when it would replace a whole run with a part of one. */
export async function pathThatKeepsWhole(path: string, record: RunRecord): Promise<string> {
  const { whole, startedAt } = scopeOf(record);
  if (whole) return path;
  const there = await readRunRecord(path).catch(() => null);
  if (there === null || !scopeOf(there).whole) return path;
  return `${path.replace(/\.json$/, '')}.${fileNameOfTime(startedAt)}.json`;
}

/** Every record of a board, oldest first. `boardFolder` is `results/BOARD`; a folder that is not there holds none. */
export async function recordsOf(boardFolder: string): Promise<string[]> {
  const names = await readdir(boardFolder).catch(() => []);
  return names
    .filter((name) => /^\d{4}-.*\.json$/.test(name) && !name.endsWith('.details.json'))
    .sort()
    .map((name) => join(boardFolder, name));
}
