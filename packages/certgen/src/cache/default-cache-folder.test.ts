import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultCacheFolder } from './default-cache-folder.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wirewrap-root-'));
  await mkdir(join(root, 'packages', 'one'), { recursive: true });
});

afterEach(() => rm(root, { recursive: true, force: true }));

test('the whole workspace has one cache', async () => {
  await writeFile(join(root, 'pnpm-workspace.yaml'), '');
  expect(defaultCacheFolder(join(root, 'packages', 'one'))).toBe(join(root, 'certs'));
  expect(defaultCacheFolder(root)).toBe(join(root, 'certs'));
});

test('so has a repository, and the nearest mark counts', async () => {
  await mkdir(join(root, '.git'));
  await writeFile(join(root, 'packages', 'pnpm-workspace.yaml'), '');
  expect(defaultCacheFolder(join(root, 'packages', 'one'))).toBe(join(root, 'packages', 'certs'));
  await rm(join(root, 'packages', 'pnpm-workspace.yaml'));
  expect(defaultCacheFolder(join(root, 'packages', 'one'))).toBe(join(root, 'certs'));
});

test('outside of both it is in the folder itself', () => {
  expect(defaultCacheFolder(join(root, 'packages'))).toBe(join(root, 'packages', 'certs'));
});
