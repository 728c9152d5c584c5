import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '../src/basics.ts';

const root = await mkdtemp(join(tmpdir(), 'make-folder-'));
afterAll(() => rm(root, { recursive: true }));

test('a folder is made with those above it, and is there the second time', async () => {
  const path = join(root, 'results', 'desk');
  expect(await makeFolder(path)).toBe(true);
  expect(await makeFolder(path)).toBe(false);
  const folders = await Promise.all([join(root, 'results'), path].map((each) => stat(each)));
  expect(folders.map((each) => each.isDirectory())).toEqual([true, true]);
});

test('several may make it at once', async () => {
  const path = join(root, 'at', 'once');
  const made = await Promise.all([1, 2, 3, 4].map(() => makeFolder(path)));
  expect(made.filter(Boolean)).toHaveLength(1);
});

test('a file in its place, or above it, is an error', async () => {
  const file = join(root, 'file');
  await writeFile(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'below', 'it'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.skipIf(!existsSync('/proc/self'))('a file system without room for folders is an error (needs /proc)', async () => {
  await expect(makeFolder('/proc/wirewrap/results')).rejects.toMatchObject({ code: 'ENOENT' });
});
