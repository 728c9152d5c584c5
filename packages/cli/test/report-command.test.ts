import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALL_CASES, detailsPathOf, writeRunDetails, writeRunRecord } from '@wirewrap/conformance';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatJUnit, type ReportRun } from 'wirewrap/report';
import { temporaryFolder } from './report-page.ts';
import { noMicroPython, sampleRun } from './report-sample.ts';
import { wirewrap } from './wirewrap.ts';

const schema = fileURLToPath(new URL('./fixtures/junit.xsd', import.meta.url));
const noXmllint = (await execa('xmllint', ['--version'], { reject: false })).failed
  ? 'xmllint is not installed (libxml2-utils)'
  : null;
const onBoard = noMicroPython === null ? '' : `(skipped: ${noMicroPython})`;

describe.skipIf(noMicroPython !== null)(`wirewrap report ${onBoard}`, () => {
  const stack = new AsyncDisposableStack();
  let folder: string;
  let run: ReportRun;
  let record: string;

  beforeAll(async () => {
    folder = stack.use(await temporaryFolder()).path;
    run = await sampleRun();
    record = join(folder, 'run.json');
    await writeRunRecord(record, run.record);
    if (run.details) await writeRunDetails(detailsPathOf(record), run.details);
  });
  afterAll(() => stack.disposeAsync());

  test('writes the page, JUnit, a summary and annotations', async () => {
    const [out, junit, summary] = ['a/report.html', 'junit.xml', 'summary.md'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const { exitCode, stdout, stderr } = await wirewrap(['report', record, `--out=${out}`, `--junit=${junit}`], {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^::error file=packages\/conformance\/suites\/sample\.test\.ts,line=12,title=link\/lost failed on MicroPython .* \(link\)::/m,
    );
    expect(stdout).toContain('one run');
    expect(await readFile(out, 'utf8')).toMatch(/^<!doctype html>/);
    expect(await readFile(summary, 'utf8')).toContain('### Failed cases');
    expect(await readFile(junit, 'utf8')).toContain('<error type="link"');
  });

  test('no secret of a case is in the page or in the details: no private key, no key log', async () => {
    const text = await readFile(detailsPathOf(record), 'utf8');
    expect(text).not.toMatch(/PRIVATE KEY|CLIENT_RANDOM|TRAFFIC_SECRET/);
  });

  test.skipIf(noXmllint !== null)(
    `JUnit follows its schema${noXmllint === null ? '' : ` (skipped: ${noXmllint})`}`,
    async () => {
      const hostile = formatJUnit([run, { record: run.record, details: null }]);
      const { exitCode, stderr } = await execa('xmllint', ['--noout', '--schema', schema, '-'], {
        input: hostile,
        reject: false,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '- validates' });
    },
  );

  test('a run that differs from its baseline is red on the page, in JUnit, summary and annotations', async () => {
    const [out, junit, summary, baseline] = ['b.html', 'b.xml', 'b.md', 'base.json'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    const [first, ...rest] = run.record.observations;
    await writeRunRecord(baseline, {
      ...run.record,
      observations: [{ case: first?.case ?? '', value: 'else' }, ...rest],
    });
    const args = ['report', record, `--out=${out}`, `--junit=${junit}`, `--baseline=${baseline}`];
    const { exitCode, stdout } = await wirewrap(args, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    expect(exitCode).toBe(0);
    const sentence = /1 observation changed against \S*base\.json/;
    for (const text of [stdout, await readFile(out, 'utf8'), await readFile(junit, 'utf8')])
      expect(text).toMatch(sentence);
    expect(stdout).toMatch(/^::error title=Wirewrap%3A .* is red::Red: /m);
    expect(await readFile(summary, 'utf8')).toContain(`| ${first?.case.replaceAll('-', '\\-')} | changed |`);
    expect(await readFile(out, 'utf8')).toContain('class="run is-red"');
  });

  test('history: records of the same machine in the order of their names, never the run itself', async () => {
    const history = join(folder, 'history');
    await mkdir(history);
    for (const name of ['2.json', '10.json']) await writeRunRecord(join(history, name), run.record);
    await writeRunRecord(join(history, 'other.json'), { ...run.record, board: { machine: 'another' } });
    await writeFile(join(history, 'unrelated.json'), '{"schema":"else"}');
    const out = join(folder, 'history.html');
    const { exitCode, stderr } = await wirewrap(['report', record, `--out=${out}`, `--history=${history}`]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const page = await readFile(out, 'utf8');
    expect(page).toContain('earlier run 2');
    expect(page).not.toContain('earlier run 3');
    expect(page).toContain('Over the nights');
  });

  test('a whole run makes a page below 1 MB', async () => {
    const samples = run.details?.cases ?? [];
    const whole = ALL_CASES.map(({ id }, index) => {
      const sample = samples[index % samples.length] as (typeof samples)[number];
      // No two connections take the same time.
      const text = JSON.stringify(sample).replaceAll(/"(atMs|ms|\w+Ms)":([\d.]+)/g, (_, name, time) => {
        return `"${name}":${Number(time) * (1 + index / 1409)}`;
      });
      return { ...(JSON.parse(text) as typeof sample), case: id, test: id };
    });
    const values = run.record.observations;
    const observations = ALL_CASES.map(({ id }, index) => ({ case: id, value: values[index % values.length]?.value }));
    const big = join(folder, 'big.json');
    await writeRunRecord(big, { ...run.record, observations });
    if (run.details) await writeRunDetails(detailsPathOf(big), { ...run.details, cases: whole });
    const out = join(folder, 'big.html');
    expect((await wirewrap(['report', big, `--out=${out}`])).exitCode).toBe(0);
    expect((await stat(out)).size).toBeLessThan(1_000_000);
  });

  test('a record without details makes a page too', async () => {
    const bare = join(folder, 'bare.json');
    await writeRunRecord(bare, run.record);
    const out = join(folder, 'bare.html');
    expect((await wirewrap(['report', bare, `--out=${out}`])).exitCode).toBe(0);
    expect((await stat(out)).size).toBeGreaterThan(10_000);
  });

  test.for([
    ['no such record', ['nowhere.json'], /Cannot read the run record nowhere\.json/],
    ['no record', [schema], /is not JSON/],
    ['no such history', ['RECORD', '--history=/nowhere'], /Cannot read the history folder \/nowhere/],
    [
      'a page that cannot be written',
      ['RECORD', '--out=/dev/null/report.html'],
      /Cannot write \/dev\/null\/report\.html/,
    ],
    ['no such baseline', ['RECORD', '--baseline=nowhere.json'], /nowhere\.json/],
    [
      'an address of the page that is none',
      ['RECORD', '--comment=c.md', '--page-url=javascript:x'],
      /--page-url=javascript:x is no address/,
    ],
    ['a commit without a comment', ['RECORD', '--commit=abc'], /name its file with --comment=FILE/],
    ['an unknown option', ['--xml'], /Unknown option '--xml'/],
  ] as const)('%s is one sentence with exit code 2', async ([, args, message]) => {
    const { exitCode, stderr } = await wirewrap(['report', ...args.map((word) => (word === 'RECORD' ? record : word))]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.split('\n')).toHaveLength(1);
  });
});
