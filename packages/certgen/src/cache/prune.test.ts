import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pruneFolder } from './prune.ts';

test('what is a month old, and what a dead process left, goes; the rest stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-prune-'));
  const days = { 'new.b64': 0, 'week.b64': 7, 'month.b64': 31, 'fresh.b64.1.tmp': 0.001, 'dead.b64.2.tmp': 1 };
  for (const [name, age] of Object.entries(days)) {
    const path = join(folder, name);
    await writeFile(path, name);
    const seconds = Date.UTC(2030, 0, 1) / 1000 - age * 86_400;
    await utimes(path, seconds, seconds);
  }
  pruneFolder(folder);
  expect((await readdir(folder)).sort()).toEqual(['fresh.b64.1.tmp', 'new.b64', 'week.b64']);
  await rm(folder, { recursive: true });
});

test('a folder that is not there is no trouble', () => {
  expect(() => pruneFolder('/nonexistent/folder')).not.toThrow();
});
