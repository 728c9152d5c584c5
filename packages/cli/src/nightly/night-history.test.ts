import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepRecord } from './night-history.ts';

let results: string;

beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'wirewrap-history-'));
});
afterAll(() => rm(results, { recursive: true, force: true }));

async function night(day: number): Promise<void> {
  const record = join(results, 'run.json');
  await writeFile(record, `{"night":${day}}`);
  const at = new Date(Date.UTC(2026, 0, 1 + day, 3));
  await utimes(record, at, at);
  await keepRecord(record, join(results, 'history'));
}

test('a night is kept once, by its time', async () => {
  await night(0);
  await night(0);
  await night(1);
  const names = await readdir(join(results, 'history'));
  expect(names.toSorted()).toEqual(['2026-01-01T03-00-00.000Z.json', '2026-01-02T03-00-00.000Z.json']);
});

test('the hundred newest stay', async () => {
  for (let day = 2; day < 104; day++) await night(day);
  const names = (await readdir(join(results, 'history'))).toSorted();
  expect(names).toHaveLength(100);
  expect(names[0]).toMatch(/^2026-01-05/);
});
