import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseBoard } from '@wirewrap/boards';
import { expect, test } from 'vitest';
import { type CorpusProgress, compareCorpus, readCorpusRecord, runLimboCorpus } from '../src/index.ts';

const folder = process.env.WIREWRAP_CORPORA ?? '';
const file = join(folder, 'limbo.json');
const missing = folder === '' || !existsSync(file);
const board = parseBoard('virtual');

test.skipIf(missing)('x509-limbo on the virtual board (needs WIREWRAP_CORPORA with limbo.json)', async () => {
  const output = join(await mkdtemp(join(tmpdir(), 'wirewrap-')), 'corpus.json');
  const progress: CorpusProgress[] = [];
  const record = await runLimboCorpus({ file, board, output, onProgress: (step) => progress.push(step) });
  expect(record.results).toHaveLength(189);
  expect(progress.at(-1)).toMatchObject({ done: 189, total: 189 });
  // The reviewed labels of this firmware; another one at least disagrees with the RFC in both directions.
  const baseline = new URL(`../../../fixtures/baselines/limbo-debian-${record.board.version}.json`, import.meta.url);
  if (existsSync(baseline)) {
    expect(compareCorpus(await readCorpusRecord(fileURLToPath(baseline)), record)).toEqual([]);
  } else {
    const labels = record.results.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['agrees', 'accepts-invalid', 'rejects-valid', 'undeliverable']));
  }
  // The chains that mbedTLS must build are the ones that it agrees on.
  const byId = new Map(record.results.map((result) => [result.id, result]));
  expect(byId.get('webpki::san::exact-localhost-ip-san')?.label).toBe('agrees');
  expect(await readCorpusRecord(output)).toEqual(record);
});

test.skipIf(missing)(
  'a part of an id that no case has is one sentence, and no record (needs WIREWRAP_CORPORA with limbo.json)',
  async () => {
    const output = join(await mkdtemp(join(tmpdir(), 'wirewrap-')), 'corpus.json');
    await expect(runLimboCorpus({ file, board, output, only: 'pathlin' })).rejects.toMatchObject({
      code: 'NO_SUCH_CASE',
      message: expect.stringMatching(/^No case of .*limbo\.json has "pathlin" in its id; /),
    });
    expect(existsSync(output)).toBe(false);
  },
);

test.skipIf(missing)(
  'an interrupted run goes on where it stopped (needs WIREWRAP_CORPORA with limbo.json)',
  async () => {
    const output = join(await mkdtemp(join(tmpdir(), 'wirewrap-')), 'corpus.json');
    const stop = new AbortController();
    const options = { file, board, output, only: 'pathlen' };
    const first: string[] = [];
    const interrupted = runLimboCorpus({
      ...options,
      signal: stop.signal,
      onProgress: ({ done, result }) => {
        first.push(result.id);
        if (done === 4) stop.abort();
      },
    });
    await expect(interrupted).rejects.toThrow();
    expect(existsSync(output)).toBe(false);
    expect((await readFile(`${output}.unfinished`, 'utf8')).trim().split('\n')).toHaveLength(5);
    const second: string[] = [];
    const record = await runLimboCorpus({ ...options, onProgress: ({ result }) => second.push(result.id) });
    expect(first).toHaveLength(4);
    expect(second).toHaveLength(record.results.length - 4);
    expect(second.filter((id) => first.includes(id))).toEqual([]);
    expect(existsSync(`${output}.unfinished`)).toBe(false);
    const again = await runLimboCorpus(options);
    expect(compareCorpus(record, again)).toEqual([]);
  },
);
