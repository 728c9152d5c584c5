import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NightlyState } from '../src/nightly/nightly-state.ts';
import { makeFirmware } from './firmware.ts';
import { suite, wirewrap } from './wirewrap.ts';

/** Some of the real cases: quick, and every claim about them is settled. */
const quick = ['module.test.ts', '-t', 'signature/keyword'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-nightly-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const night = (name: string, ...args: string[]) => wirewrap(['nightly', `--out=${join(folder, name)}`, ...args]);
const stateOf = (name: string): NightlyState => JSON.parse(readFileSync(join(folder, name, 'nightly.json'), 'utf8'));
const stepsOf = (name: string) => Object.fromEntries(stateOf(name).steps.map(({ step, status }) => [step, status]));

describe('wirewrap nightly', () => {
  test('goes from lease to release and keeps every result', async () => {
    const { exitCode, stderr } = await night('good', ...quick);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stateOf('good').steps.find(({ step }) => step === 'test')?.detail).toMatch(/^\d+ cases passed/);
    expect(stepsOf('good')).toEqual({
      lease: 'done',
      health: 'done',
      flash: 'skipped',
      test: 'done',
      compare: 'skipped',
      report: 'done',
      release: 'done',
    });
    const files = (await readdir(join(folder, 'good'))).sort();
    expect(await readdir(join(folder, 'good', 'history'))).toHaveLength(1);
    expect(files).toEqual(['history', 'junit.xml', 'nightly.json', 'report.html', 'run.details.json', 'run.json']);

    const baseline = join(folder, 'good', 'run.json');
    const again = await night('same', `--baseline=${baseline}`, ...quick);
    expect(again.exitCode).toBe(0);
    expect(stepsOf('same')).toMatchObject({ compare: 'done' });

    // A baseline of another behaviour: the firmware changed.
    const record = JSON.parse(await readFile(baseline, 'utf8'));
    record.observations[0].value = 'something else';
    await writeFile(join(folder, 'other.json'), JSON.stringify(record));
    const changed = await night('changed', `--baseline=${join(folder, 'other.json')}`, ...quick);
    expect(changed.exitCode).toBe(3);
    expect(changed.stdout).toContain(record.observations[0].case);
    expect(stepsOf('changed')).toMatchObject({ test: 'done', compare: 'failed', report: 'done', release: 'done' });
    // The page, JUnit and nightly.json know the baseline.
    const { verdict } = stateOf('changed');
    expect(verdict).toMatchObject({
      red: true,
      sentence: expect.stringMatching(/1 observation changed against .*other\.json/),
      changed: [{ case: record.observations[0].case, first: null, runs: 0 }],
      redClaims: [],
    });
    expect(await readFile(join(folder, 'changed', 'junit.xml'), 'utf8')).toContain('changed against');
    expect(await readFile(join(folder, 'changed', 'report.html'), 'utf8')).toContain('class="run is-red"');

    // The next night says since when.
    const later = await night('changed', `--baseline=${join(folder, 'other.json')}`, ...quick);
    expect(later.exitCode).toBe(3);
    expect(stateOf('changed').verdict?.changed).toEqual([
      { case: record.observations[0].case, first: expect.stringMatching(/^\d{4}-/), runs: 1 },
    ]);
    expect(await readFile(join(folder, 'changed', 'report.html'), 'utf8')).toMatch(
      /since \d{4}-.* UTC, one run before/,
    );
  });

  test('retries a board that is not there, visibly, and ends with its exit code', async () => {
    const { exitCode, stdout } = await night('lost', '--board=/dev/ttyNOWHERE', '--retries=2');
    expect(exitCode).toBe(4);
    expect(stdout.match(/RETRY \d of 2: port: there is no \/dev\/ttyNOWHERE/g)).toHaveLength(2);
    expect(stateOf('lost').steps).toMatchObject([
      { step: 'lease', status: 'done' },
      { step: 'health', status: 'failed', attempts: 3, exitCode: 4 },
      { step: 'release', status: 'done' },
    ]);
  });

  test('cuts the power of a board that is lost, where the configuration can', async () => {
    const cycles = join(folder, 'cycles');
    const board = { url: '/dev/ttyNOWHERE', powerCycle: `echo cycle >> ${cycles}` };
    const config = join(folder, 'wirewrap.config.ts');
    await writeFile(config, `export default { boards: { desk: ${JSON.stringify(board)} } };\n`);
    const args = ['nightly', `--out=${join(folder, 'cycled')}`, '--board=desk', '--retries=2'];
    const { exitCode } = await wirewrap(args, { WIREWRAP_CONFIG: config });
    expect(exitCode).toBe(4);
    expect(await readFile(cycles, 'utf8')).toBe('cycle\ncycle\n');
  });

  test('does not retry what a retry cannot mend', async () => {
    const firmware = join(folder, 'c3.bin');
    await writeFile(firmware, makeFirmware(5));
    const { exitCode, stdout } = await night('unflashable', '--board=virtual', `--firmware=${firmware}`);
    expect(exitCode).toBe(2);
    expect(stdout).not.toContain('RETRY');
    expect(stepsOf('unflashable')).toEqual({ lease: 'done', health: 'done', flash: 'failed', release: 'done' });
  });

  test('goes on where an interrupted night stopped', async () => {
    const args = ['--root', suite, '--project=board', '-t', 'prints what|hangs'];
    const running = wirewrap(['nightly', `--out=${join(folder, 'resumed')}`, ...args], { SLOW: '1' });
    let output = '';
    running.stderr.on('data', (chunk) => {
      output += chunk;
    });
    while (!output.includes('slow: hanging')) await sleep(50);
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    expect(stepsOf('resumed')).toMatchObject({ flash: 'skipped', test: 'interrupted' });

    const resumed = await night('resumed', '--resume', ...args);
    expect(resumed.exitCode).toBe(0);
    expect(resumed.stdout).toContain('flash skipped: no --firmware (kept from');
    expect(stepsOf('resumed')).toMatchObject({ test: 'done', release: 'done' });
  });

  test('keeps the records of the nights where it is told to, and adds to them', async () => {
    const history = `--history=${join(folder, 'years', 'desk')}`;
    for (const name of ['monday', 'tuesday']) {
      expect((await night(name, history, ...quick)).exitCode).toBe(0);
      expect(existsSync(join(folder, name, 'history'))).toBe(false);
    }
    expect(await readdir(join(folder, 'years', 'desk'))).toHaveLength(2);
    const blocked = await night('wednesday', `--history=${join(folder, 'monday', 'run.json')}`, ...quick);
    expect(blocked).toMatchObject({ exitCode: 2, stdout: '' });
    expect(blocked.stderr).toMatch(/^wirewrap: Cannot write .*run\.json.* \(E\w+\); [^\n]*$/);
  });

  test('a folder that cannot be written is told before the night begins', async () => {
    const occupied = join(folder, 'occupied');
    await writeFile(occupied, '');
    const { exitCode, stdout, stderr } = await night('occupied', ...quick);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^wirewrap: Cannot write .*occupied.*nightly\.json \(EEXIST\); [^\n]*$/);
  });

  test('results that cannot be written are not taken for a firmware that changed', async () => {
    await mkdir(join(folder, 'blocked', 'run.details.json'), { recursive: true });
    const { exitCode, stdout } = await night('blocked', ...quick);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/test failed: Cannot write .*run\.json \(EISDIR\); /);
    expect(stdout).not.toContain('a claim is red');
  });

  test.for([
    ['a baseline that is not there', ['--baseline=/nowhere.json'], /nowhere\.json/],
    ['a firmware that is not there', ['--firmware=/nowhere.bin'], /nowhere\.bin cannot be read/],
    ['a word that nobody knows', ['--nope'], /nope/],
    ['a strange number of retries', ['--retries=-1'], /--retries=-1/],
    ['a strange number of nights', ['--keep=0'], /--keep=0/],
  ] as const)('%s is told before the night begins', async ([, args, message]) => {
    const { exitCode, stderr, stdout } = await night('never', ...args);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});
