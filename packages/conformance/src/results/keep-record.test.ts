import { mkdtemp, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import { expect, test } from 'vitest';
import { detailsPathOf } from '../details/details-file.ts';
import { readRunRecord, writeRunRecord } from '../record/record-file.ts';
import { RUN_RECORD_SCHEMA, type RunRecord, type RunScope } from '../run-record.ts';
import { pathThatKeepsWhole, pointLatestAt, recordPathOf, recordsOf } from './keep-record.ts';

function record(startedAt: string, whole: boolean): RunRecord {
  const run = { startedAt, filter: null, total: 1, whole, interrupted: false, notRun: [], lost: [] };
  return { schema: RUN_RECORD_SCHEMA, board: {}, run, claims: [], observations: [], measurements: [] };
}

async function keep(folder: string, label: string, startedAt: string, whole: boolean): Promise<string> {
  const path = recordPathOf(folder, label, startedAt);
  const made = record(startedAt, whole);
  await writeRunRecord(path, made);
  await writeWhole(detailsPathOf(path), '{}');
  await pointLatestAt(folder, path, made);
  return path;
}

test('latest is the newest whole run, of each board and of all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const first = await keep(folder, 'ttyUSB0', '2026-01-01T00:00:00.000Z', true);
  const part = await keep(folder, 'ttyUSB0', '2026-01-02T00:00:00.000Z', false);
  expect(await recordsOf(join(folder, 'ttyUSB0'))).toEqual([first, part]);
  const latest = async (...under: string[]) =>
    (await readRunRecord(join(folder, ...under, 'latest.json'))).run?.startedAt;
  expect(await latest()).toBe('2026-01-01T00:00:00.000Z');
  await keep(folder, 'virtual', '2026-01-03T00:00:00.000Z', true);
  expect(await latest()).toBe('2026-01-03T00:00:00.000Z');
  expect(await latest('ttyUSB0')).toBe('2026-01-01T00:00:00.000Z');
  expect(await readlink(join(folder, 'latest.json'))).toBe(join('virtual', '2026-01-03T00-00-00Z.json'));
  expect(await readlink(join(folder, 'latest.details.json'))).toBe(
    join('virtual', '2026-01-03T00-00-00Z.details.json'),
  );
});

test("all tests of a project's own are the latest until the suites ran whole", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const keepOwn = async (startedAt: string, filter: string | null): Promise<string[]> => {
    const path = recordPathOf(folder, 'virtual', startedAt);
    const part = record(startedAt, false);
    const own = {
      ...part,
      run: { ...(part.run as RunScope), filter },
      observations: [{ case: 'own/a', value: { end: 'completes' } }],
    };
    await writeRunRecord(path, own);
    await writeWhole(detailsPathOf(path), '{}');
    return await pointLatestAt(folder, path, own);
  };
  expect(await keepOwn('2026-01-01T00:00:00.000Z', null)).toHaveLength(2);
  expect(await keepOwn('2026-01-02T00:00:00.000Z', '-t a')).toEqual([]);
  expect(await keepOwn('2026-01-03T00:00:00.000Z', null)).toHaveLength(2);
  await keep(folder, 'virtual', '2026-01-04T00:00:00.000Z', true);
  expect(await keepOwn('2026-01-05T00:00:00.000Z', null)).toEqual([]);
});

test('a part that was asked for at the path of a whole run goes beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const path = join(folder, 'run.json');
  const part = record('2026-01-02T03:04:05.000Z', false);
  expect(await pathThatKeepsWhole(path, part)).toBe(path);
  await writeRunRecord(path, record('2026-01-01T00:00:00.000Z', true));
  expect(await pathThatKeepsWhole(path, part)).toBe(join(folder, 'run.2026-01-02T03-04-05Z.json'));
  expect(await pathThatKeepsWhole(path, record('2026-01-02T03:04:05.000Z', true))).toBe(path);
});
