import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { readRunRecord, writeRunRecord } from '@wirewrap/conformance';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `wirewrap test` on the virtual board, with a folder of results of its own. */
async function wirewrap(results: string, ...words: readonly string[]) {
  const command = join(root, 'packages/cli/bin/wirewrap.mjs');
  const env = { VITEST: undefined, WIREWRAP_RESULTS: results, WIREWRAP_BOARD: undefined };
  const { exitCode, stdout, all } = await execa('node', [command, 'test', '--board=virtual', ...words], {
    cwd: root,
    env,
    reject: false,
    all: true,
  });
  const [name = ''] = (await readdir(join(results, 'virtual'))).filter((file) => /^\d{4}-.*Z\.json$/.test(file));
  const text = stripVTControlCharacters(all);
  return { exitCode, stdout, text, record: await readRunRecord(join(results, 'virtual', name)) };
}

test('one case of a claim that needs only some of its cases keeps a good board green, and is no whole run', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const { exitCode, text, record } = await wirewrap(results, '-t', '^client/version/TLSv1.2$');
  expect(text).toContain('Green:');
  expect(exitCode).toBe(0);
  expect(record.observations.map((item) => item.case)).toEqual(['client/version/TLSv1.2']);
  expect(record.run).toMatchObject({ whole: false, interrupted: false, notRun: [], lost: [] });
  expect(record.run?.filter).toContain('client/version/TLSv1.2');
  expect(record.claims.find(({ id }) => id === 'book/not-all-versions')).toMatchObject({ because: 'not-asked' });
  expect(await readdir(results)).not.toContain('latest.json');
});

test('a difference from the baseline is a test that fails, with the case in its message', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const first = await wirewrap(results, '--claim=book/one-function');
  expect(first.exitCode).toBe(0);
  const baseline = join(results, 'baseline.json');
  const observations = [{ case: 'module/functions', value: ['wrap_socket', 'more'] }];
  await writeRunRecord(baseline, { ...first.record, observations });
  const again = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const { exitCode, text } = await wirewrap(again, '--claim=book/one-function', `--baseline=${baseline}`);
  expect(exitCode).toBe(1);
  expect(text).toContain(`FAILED module: as in ${baseline}`);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(`1 observation changed against ${baseline} (module/functions)`);
});

test('a shuffled run says its seed, records it, and asks the cases in the order that --list shows', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const words = ['--case=module/*', '--shuffle=5'];
  const { exitCode, text, record } = await wirewrap(results, ...words, '--reporter=tap-flat');
  expect(exitCode).toBe(0);
  expect(text).toContain('The cases run in the order of seed 5; --shuffle=5 repeats it.');
  expect(text.replaceAll(/\s+/g, ' ')).toContain('in the order of --shuffle=5.');
  expect(record.run).toMatchObject({ shuffle: 5, filter: '--case=module/*' });
  const command = join(root, 'packages/cli/bin/wirewrap.mjs');
  const listed = JSON.parse((await execa('node', [command, 'test', '--list', '--json', ...words])).stdout);
  const ids = listed.map(({ id }: { id: string }) => id);
  const ran = [...text.matchAll(/^ok \d+ - .* > (module\/\S+) #/gm)].map(([, id]) => id);
  expect(ran.length).toBeGreaterThan(2);
  expect(ran).toEqual(ids);
  expect(ids).not.toEqual(ids.toSorted());
});

test.for(['x', '1.5', '-3', ''])('--shuffle=%s is answered with what a seed is', async (typed) => {
  const command = join(root, 'packages/cli/bin/wirewrap.mjs');
  const { exitCode, stderr } = await execa('node', [command, 'test', '--list', `--shuffle=${typed}`], {
    reject: false,
  });
  expect(exitCode).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(typed === '' ? "Option '--shuffle' needs a value" : `--shuffle=${typed} is no seed`);
});

test('--profile says where the time went: in the terminal, the record, and as JSON that stands alone', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const words = ['--case=client/version/TLSv1.2', '--case=timeout/silent-peer-in-wrap', '--profile', '--json'];
  const { exitCode, stdout, text, record } = await wirewrap(results, ...words);
  expect(exitCode).toBe(0);
  const { runs } = JSON.parse(stdout);
  expect(runs).toMatchObject([{ red: false, profile: record.run?.profile }]);
  const { totalMs, lineMs, handshakeMs, waitingMs, hostMs, outsideMs, slowest, cases, lineBytes } = runs[0].profile;
  // Each part is rounded.
  expect(Math.abs(lineMs + handshakeMs + waitingMs + hostMs - totalMs)).toBeLessThanOrEqual(4);
  for (const ms of [lineMs, handshakeMs, hostMs - outsideMs, lineBytes]) expect(ms).toBeGreaterThan(0);
  // The peer of this case says nothing for half a second.
  expect(waitingMs).toBeGreaterThanOrEqual(300);
  expect(cases).toBe(2);
  expect(slowest.map((times: { case: string }) => times.case).toSorted()).toEqual(
    record.observations.map((item) => item.case),
  );
  expect(text).toMatch(/Where the time went: \d+\.\d s, 2 cases, /);
});

test('--split: two virtual boards share the cases, and leave one record', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const command = join(root, 'packages/cli/bin/wirewrap.mjs');
  const words = ['--board=virtual', '--board=virtual', '--split', '--case=module/*', '--case=mutual/*'];
  const env = { VITEST: undefined, WIREWRAP_RESULTS: results, WIREWRAP_BOARD: undefined };
  const { exitCode, stdout } = await execa('node', [command, 'test', ...words], { cwd: root, env, reject: false });
  expect(exitCode).toBe(0);
  expect(await readdir(results)).toEqual(expect.arrayContaining(['report.html', 'virtual-virtual-2']));
  const folder = join(results, 'virtual-virtual-2');
  const [name = ''] = (await readdir(folder)).filter((file) => /Z\.json$/.test(file));
  const record = await readRunRecord(join(folder, name));
  const lines = stdout.split('\n').filter((line) => /^\[virtual(#2)?\] \d+\/\d+ (ok|skipped) /.test(line));
  expect(lines).toHaveLength(record.observations.length);
  expect(record.run?.boards?.map(({ label }) => label)).toEqual(['virtual', 'virtual#2']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('shared by 2 boards (virtual ');
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ skipped$/);
});

test.for([
  [['--board=virtual', '--split'], 'name two or more with --board'],
  [['--board=virtual', '--board=virtual', '--split', '--bail=1'], '--bail is not for it'],
  [['--board=virtual', '--board=virtual', '--split', 'trust.test.ts'], 'trust.test.ts is not for it'],
  [['--board=virtual', '--board=virtual?ssl=1.18', '--split', '--case=module/names'], 'must have the same firmware'],
] as const)('%j is refused in one sentence', async ([words, expected]) => {
  const command = join(root, 'packages/cli/bin/wirewrap.mjs');
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const env = { VITEST: undefined, WIREWRAP_RESULTS: results };
  const { exitCode, stderr } = await execa('node', [command, 'test', ...words], { cwd: root, env, reject: false });
  expect(exitCode).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(expected);
  expect(await readdir(results)).toEqual([]);
});

test('--count runs each case so often, and the record and the sentence say so', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const { exitCode, text, record } = await wirewrap(results, '--case=module/names', '--count=3', '--until-fail');
  expect(exitCode).toBe(0);
  expect(record.run).toMatchObject({ count: 3, filter: '--case=module/names' });
  expect(text.replaceAll(/\s+/g, ' ')).toContain('each case run up to 3 times.');
});

test.for(['0', 'x', '1.5', '10001'])('--count=%s is answered with what it may be', async (typed) => {
  const command = join(root, 'packages/cli/bin/wirewrap.mjs');
  const { exitCode, stderr } = await execa('node', [command, 'test', '--list', `--count=${typed}`], { reject: false });
  expect(exitCode).toBe(2);
  expect(stderr.trim()).toBe(`wirewrap: --count=${typed} is no whole number from 1 to 10,000.`);
});
