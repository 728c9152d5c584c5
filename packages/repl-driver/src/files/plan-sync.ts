import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { isPlainObject } from '../python/encode.ts';
import type { BoardTree } from './board-tree.ts';
import { contentOf, type FileContent } from './content.ts';
import type { FileToSend } from './file-transfer.ts';
import { sha256 } from './sha256.ts';

interface SyncPlan {
  /** Paths on the board that must go, folders with all that is in them. */
  readonly remove: readonly string[];
  /** Folders to make, outer ones first. */
  readonly mkdir: readonly string[];
  readonly send: readonly FileToSend[];
}

type FilesToSync = ReadonlyMap<string, Uint8Array>;

/**
 * The files of a sync by their relative paths; `BAD_VALUE` where a path leaves the folder, or is a folder's too, and for
 * what is no set of files: a folder made equal to it would be emptied.
 */
export function filesToSync(files: Readonly<Record<string, FileContent>>): FilesToSync {
  if (!isPlainObject(files)) {
    const message = `The files of a sync cannot be ${kindOf(files)}; give an object such as { 'lib/driver.py': bytes }.`;
    throw new ReplDriverError('BAD_VALUE', message);
  }
  const wanted = new Map(
    Object.entries(files).map(([path, content]) => [path, contentOf(content, `The content of ${path}`)]),
  );
  for (const path of wanted.keys()) {
    if (path.includes('\0') || path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw badPath(path, 'is no path inside the folder; use names such as lib/driver.py.');
    }
    const parent = parents(path).find((folder) => wanted.has(folder));
    if (parent !== undefined) throw badPath(parent, `cannot be a file and the folder of ${path} too; leave one out.`);
  }
  return wanted;
}

/** What makes a board folder (without a slash at its end) equal to the files, given its tree. */
export function planSync(base: string, wanted: FilesToSync, tree: BoardTree): SyncPlan {
  const folders = new Set([...wanted.keys()].flatMap(parents));
  const remove = new Set([...tree.keys()].filter((path) => !(tree.get(path) === null ? folders : wanted).has(path)));
  const outermost = [...remove].filter((path) => !parents(path).some((parent) => remove.has(parent)));
  const mkdir = [...folders].filter((path) => tree.get(path) !== null).sort((a, b) => a.length - b.length);
  const send = [...wanted].filter(([path, bytes]) => !isEqual(bytes, tree.get(path)));
  return {
    remove: outermost.map((path) => `${base}/${path}`),
    mkdir: mkdir.map((path) => `${base}/${path}`),
    send: send.map(([path, bytes]) => ({ path: `${base}/${path}`, bytes })),
  };
}

function parents(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function isEqual(bytes: Uint8Array, onBoard: readonly [number, string] | null | undefined): boolean {
  if (!onBoard || onBoard[0] !== bytes.length) return false;
  return sha256(bytes) === onBoard[1];
}

function badPath(path: string, why: string): ReplDriverError {
  return new ReplDriverError('BAD_VALUE', `${JSON.stringify(path)} ${why}`);
}
