import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workspaceRoot } from '../src/repository.ts';
import { wirewrap } from './wirewrap.ts';

const run = (version: string): string => join(workspaceRoot, `fixtures/firmware-runs/esp32-${version}.json`);
const runs = [run('1.20.0-quick'), run('1.26.1')];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-matrix-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('wirewrap matrix', () => {
  test('shows where firmwares differ, and says which record is partial', async () => {
    const { exitCode, stdout } = await wirewrap(['matrix', ...runs]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^esp32 1\.20\.0: .*172 of \d+ cases: a filtered or older run; 2 cases lost$/m);
    expect(stdout).toMatch(/^expired +accepts +refuses$/m);
    expect(stdout).toMatch(/^dates-unchecked +has it +free of it$/m);
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

  test.for([
    ['no record', [], /takes run records/],
    ['a file that is not there', ['/nowhere.json'], /\/nowhere\.json/],
    ['a file that is no run record', [join(workspaceRoot, 'package.json')], /package\.json/],
    ['an unknown format', [...runs, '--format=xml'], /--format=xml is unknown: use table, markdown, json, html/],
    ['a page without a file', [...runs, '--format=html'], /--format=html writes files: name one with --out/],
  ] as const)('%s is one sentence and exit code 2', async ([, args, sentence]) => {
    const { exitCode, stdout, stderr } = await wirewrap(['matrix', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.split('\n')).toHaveLength(1);
  });
});
