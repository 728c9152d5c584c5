import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../src/commands.ts';
import { wirewrap } from './wirewrap.ts';

const [older, newer] = ['fixtures/firmware-runs/esp32-1.23.0.json', 'fixtures/firmware-runs/esp32-1.26.1.json'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-json-'));
  await writeFile(join(folder, 'limbo.json'), '{ "version": 1, "testcases": [] }\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const limbo = () => ['limbo', `--file=${join(folder, 'limbo.json')}`, `--out=${join(folder, 'corpus.json')}`];
const nowhere = '--board=/dev/ttyNOWHERE';

interface Row {
  readonly command: string;
  readonly args: () => readonly string[];
  readonly exitCode?: number;
  /** What a program reads of the document; null where another test holds it. */
  readonly holds: unknown;
  /** Bad input, which is one sentence. */
  readonly wrong: () => readonly string[];
}

/** Every command with `--json`, once well and once with bad input. */
const rows: readonly Row[] = [
  {
    command: 'bisect',
    args: () => ['virtual?ssl=1.18', 'virtual?ssl=1.23', '--case=module/classes', '--count=1'],
    holds: { schema: 'wirewrap.bisect/1', first: 'virtual?ssl=1.23', lastGood: 'virtual?ssl=1.18' },
    wrong: () => ['virtual', 'virtual', '--case=module/classes'],
  },
  {
    command: 'boards',
    args: () => ['--all', '--quick'],
    holds: { ports: expect.any(Array), configured: expect.any(Array) },
    wrong: () => ['--nope'],
  },
  {
    command: 'bogo',
    args: () => [],
    // Its runner is built first, which takes minutes: bogo-command.test.ts reads the document.
    holds: null,
    wrong: () => ['--idle=never'],
  },
  {
    command: 'compare',
    args: () => [older, newer],
    exitCode: 1,
    holds: { changed: true, observations: expect.any(Array) },
    wrong: () => [older, 'nowhere.json'],
  },
  {
    command: 'corpus',
    args: () => [...limbo(), '--board=virtual'],
    holds: { schema: expect.any(String), results: [] },
    wrong: () => [...limbo(), nowhere],
  },
  {
    command: 'doctor',
    args: () => ['--board=virtual'],
    holds: { board: { url: 'virtual' }, findings: expect.any(Array) },
    wrong: () => ['--board=ftp://board'],
  },
  {
    command: 'explain',
    args: () => ['client/default/expired', newer],
    holds: { case: 'client/default/expired', safety: 'unsafe' },
    wrong: () => ['client/default/expird', newer],
  },
  {
    command: 'ls',
    args: () => ['--board=virtual', '/'],
    holds: expect.any(Array),
    wrong: () => [nowhere],
  },
  {
    command: 'matrix',
    args: () => [older, newer],
    holds: { columns: expect.any(Array) },
    wrong: () => ['nowhere.json'],
  },
  {
    command: 'order',
    args: () => ['module/functions', '--case=module/*', '--board=virtual', '--count=1'],
    exitCode: 1,
    holds: { schema: 'wirewrap.order/1', case: 'module/functions', verdict: 'independent', after: [] },
    wrong: () => ['module/*'],
  },
  {
    command: 'probe',
    args: () => ['--board=virtual'],
    holds: { schema: 'wirewrap.probe/1', board: { url: 'virtual' } },
    wrong: () => [nowhere],
  },
  {
    command: 'reproduce',
    args: () => [],
    holds: expect.arrayContaining([expect.objectContaining({ id: 'clock-of-2000' })]),
    wrong: () => ['clock-of-200'],
  },
  {
    command: 'soak',
    args: () => ['--for=1s', '--role=client', `--out=${join(folder, 'soak.json')}`],
    holds: { schema: 'wirewrap.soak/1', end: 'complete', problems: [], readings: expect.any(Array) },
    wrong: () => ['--for=soon'],
  },
  {
    command: 'test',
    args: () => ['--list', '--claim=book/pem'],
    holds: expect.arrayContaining([expect.objectContaining({ id: 'server/identity/pem' })]),
    wrong: () => ['--list', '--claim=book/pen'],
  },
  {
    command: 'tlsfuzzer',
    args: () => ['--list', '--case=encrypt-then-mac'],
    holds: ['encrypt-then-mac'],
    wrong: () => ['--sample=none'],
  },
  {
    command: 'upstream-tests',
    args: () => [],
    // Its tests are fetched first: upstream-tests-command.test.ts reads the document.
    holds: null,
    wrong: () => ['--sources=nowhere', '--list'],
  },
];

test('the table holds every command that prints JSON', async () => {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()));
  const printing = loaded.filter(({ options }) => 'json' in options || options.format?.description.includes('json'));
  expect(printing.map(({ name }) => name).sort()).toEqual(rows.map(({ command }) => command));
});

describe('--json', () => {
  test.for(rows.filter(({ holds }) => holds !== null))(
    '$command prints one document',
    async ({ command, args, exitCode = 0, holds }) => {
      const run = await wirewrap([command, '--json', ...args()]);
      expect(run.exitCode, run.stderr).toBe(exitCode);
      expect({ document: JSON.parse(run.stdout) }).toMatchObject({ document: holds });
    },
  );

  test.for(rows)('$command tells bad input in one sentence and prints nothing', async ({ command, wrong }) => {
    const { exitCode, stdout, stderr } = await wirewrap([command, '--json', ...wrong()]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^wirewrap: [^\n]+$/);
  });

  test('what changed against a baseline of a corpus is in the document', async () => {
    await wirewrap(['corpus', '--board=virtual', ...limbo()]);
    const run = ['corpus', '--json', '--board=virtual', ...limbo(), `--baseline=${join(folder, 'corpus.json')}`];
    const { stdout } = await wirewrap(run);
    expect(JSON.parse(stdout)).toMatchObject({ results: [], changes: [] });
  });

  test('without --list or --profile a run has none, and the sentence says where its JSON is', async () => {
    const { exitCode, stdout, stderr } = await wirewrap(['test', '--json', '--board=virtual']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^wirewrap: --json goes with --list or --profile: the record that a run leaves is JSON/);
  });
});
