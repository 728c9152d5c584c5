import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workspaceRoot } from '../src/repository.ts';
import { wirewrap } from './wirewrap.ts';

const run = (version: string): string => join(workspaceRoot, `fixtures/firmware-runs/esp32-${version}.json`);
const runs = [run('1.20.0'), run('1.26.1')];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-matrix-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('wirewrap matrix', () => {
  test('shows where firmwares differ, and says which record is partial or lost cases', async () => {
    const record = JSON.parse(await readFile(run('1.26.1'), 'utf8'));
    record.observations = record.observations.slice(0, 100);
    record.observations[0].value = { lost: 'the board reset' };
    const partial = join(folder, 'partial.json');
    await writeFile(partial, JSON.stringify(record));
    const { exitCode, stdout } = await wirewrap(['matrix', ...runs, partial]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^esp32 1\.20\.0: .*; 10 cases need more memory than the board has$/m);
    expect(stdout).toMatch(/^esp32 1\.26\.1 \(2\): .*100 of \d+ cases: a filtered or older run; 1 case lost$/m);
    expect(stdout).toMatch(/^expired +accepts +refuses +(?:refuses|not run)$/m);
    expect(stdout).toMatch(/^dates-unchecked +has it +free of it/m);
  });

  test('writes Markdown and JSON to a file', async () => {
    const path = join(folder, 'matrix.json');
    const { exitCode, stdout } = await wirewrap(['matrix', ...runs, '--format=json', `--out=${path}`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    const { columns } = JSON.parse(await readFile(path, 'utf8')) as { columns: { name: string }[] };
    expect(columns.map(({ name }) => name)).toEqual(['esp32 1.20.0', 'esp32 1.26.1']);
  });

  test('as a page: rows that differ are open, and a cell opens the case on the page of the cases', async () => {
    const out = join(folder, 'side by side.html');
    // Newest first: the columns are in the order of versions all the same, and so are the runs that the cells name.
    const { exitCode, stdout } = await wirewrap(['matrix', ...runs.toReversed(), '--format=html', `--out=${out}`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('side by side.cases.html') });
    const page = await readFile(out, 'utf8');
    const cells = page.match(
      /<td class="mark-\w+" title="[^"]*"><a href="[^"]*client%2Frequired%2Fexpired&amp;run=[^"]*">.*?<\/td>/g,
    );
    expect(cells?.slice(-2)).toEqual([
      expect.stringMatching(
        /mark-bad.*href="side%20by%20side\.cases\.html#case=client%2Frequired%2Fexpired&amp;run=0".*accepts/,
      ),
      expect.stringMatching(/mark-good.*run=1".*refuses/),
    ]);
    const cases = await readFile(join(folder, 'side by side.cases.html'), 'utf8');
    expect(cases.indexOf('<h2>MicroPython 1.20.0</h2>')).toBeGreaterThan(0);
    expect(cases.indexOf('<h2>MicroPython 1.20.0</h2>')).toBeLessThan(cases.indexOf('<h2>MicroPython 1.26.1</h2>'));
    expect(page).not.toContain('<script');
  });

  test('ends with 1 when a record contradicts the version range of a finding', async () => {
    const record = JSON.parse(await readFile(run('1.26.1'), 'utf8'));
    record.board.version = '1.23.0';
    const path = join(folder, 'other.json');
    await writeFile(path, JSON.stringify(record));
    const { exitCode, stdout } = await wirewrap(['matrix', path]);
    expect(stdout).toMatch(
      /^RED {2}esp32 1\.23\.0 is free of hostname-bypass, which its range >=1\.22 <1\.26 includes/m,
    );
    expect(exitCode).toBe(1);
  });

  test('sets records of foreign suites beside each other, with and without run records', async () => {
    const bogo = ['bogo-debian-1.25.0.json', 'bogo-esp32-like-1.26.1.json'].map((name) =>
      join(workspaceRoot, 'fixtures/baselines', name),
    );
    const alone = await wirewrap(['matrix', ...bogo]);
    expect(alone).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^BoGo\n {2}linux 1\.25\.0: /) });
    expect(alone.stdout).toMatch(/^UnofferedExtension-Client +passed +expected$/m);
    const both = await wirewrap(['matrix', ...runs, ...bogo, '--json']);
    expect(JSON.parse(both.stdout)).toMatchObject({
      columns: [{ name: 'esp32 1.20.0' }, { name: 'esp32 1.26.1' }],
      suites: [{ title: 'BoGo', columns: [{ name: 'linux 1.25.0' }, { name: 'linux 1.26.1' }] }],
    });
  });

  test.for([
    ['no record', [], /takes records/],
    ['a file that is not there', ['/nowhere.json'], /\/nowhere\.json/],
    ['a file that is no run record', [join(workspaceRoot, 'package.json')], /package\.json/],
    ['an unknown format', [...runs, '--format=xml'], /--format=xml is unknown: use table, markdown, json, html/],
    [
      'a page of a foreign suite',
      [join(workspaceRoot, 'fixtures/baselines/bogo-debian-1.25.0.json'), '--format=html', '--out=none.html'],
      /--format=html shows run records only/,
    ],
    ['a page without a file', [...runs, '--format=html'], /--format=html writes files: name one with --out/],
  ] as const)('%s is one sentence and exit code 2', async ([, args, sentence]) => {
    const { exitCode, stdout, stderr } = await wirewrap(['matrix', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.split('\n')).toHaveLength(1);
  });
});
