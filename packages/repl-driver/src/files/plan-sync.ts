import { createHash } from 'node:crypto';
import { ReplDriverError } from '../errors.ts';
import type { FileToSend } from './file-transfer.ts';

export interface SyncPlan {
  /** Paths on the board that must go, folders with all that is in them. */
  readonly remove: readonly string[];
  /** Folders to make, outer ones first. */
  readonly mkdir: readonly string[];
  readonly send: readonly FileToSend[];
}

/** What makes a board folder equal to the files, given its tree (path to size and hash, null for a folder). */
export function planSync(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
  tree: Readonly<Record<string, readonly [number, string] | null>>,
): SyncPlan {
  const base = folder.replace(/\/+$/, '');
  const wanted = new Map(Object.entries(files).map(([path, bytes]) => [checked(path), bytes]));
  const folders = new Set([...wanted.keys()].flatMap(parents));
  const remove = Object.keys(tree).filter((path) => (tree[path] === null ? !folders.has(path) : !wanted.has(path)));
  const outermost = remove.filter((path) => !parents(path).some((parent) => remove.includes(parent)));
  const mkdir = [...folders].filter((path) => tree[path] !== null).sort((a, b) => a.length - b.length);
  const send = [...wanted].filter(([path, bytes]) => !isEqual(bytes, tree[path]));
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
  return createHash('sha256').update(bytes).digest('hex') === onBoard[1];
}

function checked(path: string): string {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new ReplDriverError('BAD_VALUE', `"${path}" is no path inside the folder; use names such as lib/driver.py.`);
  }
  return path;
}
