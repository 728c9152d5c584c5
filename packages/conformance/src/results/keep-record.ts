import { randomUUID } from 'node:crypto';
import { copyFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeFolder } from '@wirewrap/repl-driver/basics';
import { ignored, instead } from '../debug.ts';
import { detailsPathOf } from '../details/details-file.ts';
import { readRunRecord } from '../record/record-file.ts';
import { isOwnOnly, scopeOf } from '../record/run-scope.ts';
import type { RunRecord } from '../run-record.ts';

/** `2026-11-28T20-28-12Z`: a time that every file system takes, in the order of time. */
function fileNameOfTime(startedAt: string): string {
  return new Date(startedAt)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

/**
 * `results/ttyUSB0/2026-11-28T20-28-12Z.json`; the label's characters that a file name cannot have become `-`.
 *
 * @example recordPathOf('results', 'desk', '2026-11-28T20:28:12Z'); // 'results/desk/2026-11-28T20-28-12Z.json'
 */
export function recordPathOf(folder: string, label: string, startedAt: string): string {
  return join(folder, label.replaceAll(/[^A-Za-z0-9._-]+/g, '-'), `${fileNameOfTime(startedAt)}.json`);
}

/** Makes `path` name `target` at once: by a link, or as a copy where links are not allowed. */
async function pointTo(path: string, target: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await symlink(relative(dirname(path), target), temporary).catch((error: unknown) => {
      ignored(`linking to ${target}`)(error);
      return copyFile(target, temporary);
    });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether the record at a path is one of a whole run. */
async function isWholeAt(path: string): Promise<boolean> {
  const there = await readRunRecord(path).catch(instead(null, `reading ${path}`));
  return there !== null && scopeOf(there).whole;
}

/** A whole run; and where the suites never ran whole, one of all tests of a project's own. */
async function mayBeLatest(link: string, record: RunRecord): Promise<boolean> {
  const { whole, filter, interrupted } = scopeOf(record);
  if (whole) return true;
  return isOwnOnly(record) && filter === null && !interrupted && !(await isWholeAt(link));
}

/**
 * Makes `latest.json` name a record that was just written in `FOLDER/BOARD/`: the board's own, and the one in `folder`.
 * A run that is not whole changes neither; all tests of a project's own replace each other there until the suites ran.
 * Resolves with the paths that name the record now.
 *
 * @example await pointLatestAt('results', recordPathOf('results', 'desk', scopeOf(record).startedAt), record);
 */
export async function pointLatestAt(folder: string, path: string, record: RunRecord): Promise<string[]> {
  const links: string[] = [];
  for (const link of new Set([join(dirname(path), 'latest.json'), join(folder, 'latest.json')])) {
    if (!(await mayBeLatest(link, record))) continue;
    links.push(link);
    await makeFolder(dirname(link));
    await pointTo(detailsPathOf(link), detailsPathOf(path));
    await pointTo(link, path);
  }
  return links;
}

/** Where a record goes that was asked for at `path`: beside it when it would replace a whole run with a part of one. */
export async function pathThatKeepsWhole(path: string, record: RunRecord): Promise<string> {
  const { whole, startedAt } = scopeOf(record);
  if (whole) return path;
  if (!(await isWholeAt(path))) return path;
  return `${path.replace(/\.json$/, '')}.${fileNameOfTime(startedAt)}.json`;
}

/**
 * Every record of a board, oldest first. `boardFolder` is `results/BOARD`; a folder that is not there holds none.
 *
 * @example const newest = (await recordsOf('results/desk')).at(-1);
 */
export async function recordsOf(boardFolder: string): Promise<string[]> {
  const names = await readdir(boardFolder).catch(instead([], `listing ${boardFolder}`));
  return names
    .filter((name) => /^\d{4}-.*\.json$/.test(name) && !name.endsWith('.details.json'))
    .sort()
    .map((name) => join(boardFolder, name));
}
