import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lease, parseBoard } from '@wirewrap/boards';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wirewrap } from './wirewrap.ts';

const corpora = join(process.env.WIREWRAP_CORPORA ?? '', 'limbo.json');
const limbo = process.env.WIREWRAP_CORPORA && existsSync(corpora) ? corpora : undefined;
let folder: string;
let file: string;
let config: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-corpus-'));
  file = join(folder, 'limbo.json');
  await writeFile(file, '{ "version": 1, "testcases": [] }\n');
  config = { WIREWRAP_CONFIG: join(folder, 'wirewrap.config.ts') };
  await writeFile(
    config.WIREWRAP_CONFIG ?? '',
    "export default { boards: { desk: { url: 'tcp://127.0.0.1:1', tags: ['all'] }, shelf: { url: 'tcp://127.0.0.1:2', tags: ['all'] } } };\n",
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('wirewrap corpus', () => {
  test.for([
    ['a name of wirewrap.config.ts', 'desk', /Cannot reach tcp:\/\/127\.0\.0\.1:1/],
    ['a name that nobody gave', 'dsk', /'dsk' is neither a board URL/],
    ['a tag of several boards', 'tag:all', /tag:all picks several boards/],
  ] as const)('takes its board as every command does: %s', async ([, board, message]) => {
    const { exitCode, stderr } = await wirewrap(['corpus', 'limbo', `--file=${file}`, `--board=${board}`], config);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.split('\n')).toHaveLength(1);
  });

  test('says in one sentence that a case lacks its fields, and writes nothing', async () => {
    const broken = join(folder, 'broken.json');
    await writeFile(broken, '{ "version": 1, "testcases": [{ "id": 5 }] }\n');
    const out = join(folder, 'broken-record.json');
    const asked = ['corpus', 'limbo', `--file=${broken}`, '--board=virtual', `--out=${out}`];
    const { exitCode, stderr } = await wirewrap(asked);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(
        /testcases\[0\] of .*broken\.json is no case of the corpus \(missing or wrong: id, /,
      ),
    });
    expect(stderr.split('\n')).toHaveLength(1);
    expect(existsSync(out)).toBe(false);
  });

  test.skipIf(limbo === undefined)(
    'with --only compares no others with the baseline (needs WIREWRAP_CORPORA with limbo.json)',
    async () => {
      const asked = ['corpus', 'limbo', `--file=${limbo}`, '--board=virtual', '--only=pathlen::max-chain-depth-0'];
      const record = join(folder, 'all.json');
      expect((await wirewrap([...asked, `--out=${record}`])).exitCode).toBe(0);
      const part = [...asked.slice(0, -1), '--only=depth-0-exhausted', `--out=${join(folder, 'part.json')}`];
      const { exitCode, stdout } = await wirewrap([...part, `--baseline=${record}`]);
      expect(stdout).not.toContain('changed');
      expect(exitCode).toBe(0);
    },
  );

  test.skipIf(limbo === undefined)(
    "writes limbo's own format beside its record (needs WIREWRAP_CORPORA with limbo.json)",
    async () => {
      const results = join(folder, 'limbo-results.json');
      const asked = ['corpus', 'limbo', `--file=${limbo}`, '--board=virtual', '--only=pathlen::'];
      const { exitCode } = await wirewrap([...asked, `--out=${join(folder, 'own.json')}`, `--results=${results}`]);
      expect(exitCode).toBe(0);
      const written = JSON.parse(await readFile(results, 'utf8'));
      const own = JSON.parse(await readFile(join(folder, 'own.json'), 'utf8'));
      expect(written).toMatchObject({ version: 1, harness: expect.stringMatching(/^micropython-[\d.]+-linux$/) });
      expect(written.results.map(({ id }: { id: string }) => id)).toEqual(
        own.results.map(({ id }: { id: string }) => id),
      );
      const words = new Set(written.results.map(({ actual_result }: { actual_result: string }) => actual_result));
      expect(words).toContain('SUCCESS');
      expect(words).toContain('FAILURE');
    },
  );

  test.for([
    ['the file of the corpus', () => file, /is another file of this run; name a new one/],
    ['a folder that is a file', () => join(file, 'x.json'), /Cannot write .*x\.json \((ENOTDIR|EEXIST)\); name a file/],
  ] as const)('--results on %s is one sentence before the board is asked', async ([, results, message]) => {
    const asked = ['corpus', 'limbo', `--file=${file}`, '--board=desk', `--results=${results()}`];
    const { exitCode, stderr } = await wirewrap(asked, config);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, testcases: [] });
  });

  test('leaves a board alone that somebody has leased', async () => {
    await using _lease = await Lease.acquire(parseBoard('tcp://127.0.0.1:1'), { purpose: 'a nightly run' });
    const { exitCode, stderr } = await wirewrap(['corpus', 'limbo', `--file=${file}`, '--board=desk'], config);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('a nightly run') });
  });
});
