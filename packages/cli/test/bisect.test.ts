import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BisectResult } from '../src/bisect/bisect-result.ts';
import { makeFirmware } from './firmware.ts';
import { wirewrapHere } from './in-process.ts';
import { wirewrap } from './wirewrap.ts';

/** MicroPython 1.25.0 does not know the argument `client_id`, 1.26.1 does. */
const change = '--case=dtls/server-with-client-id';
let folder: string;
const engine = { trixie: '', forky: '' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-bisect-'));
  for (const suite of ['trixie', 'forky'] as const) {
    engine[suite] = (await provisionMicroPython({ suite })).executable;
    await writeProgram(suite, `exec ${engine[suite]} "$@"`);
  }
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A firmware for `virtual?micropython=`. */
async function writeProgram(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

/** The firmwares by name, of the engine that each of them is. */
function programs(engines: Readonly<Record<string, keyof typeof engine>>): Promise<string[]> {
  return Promise.all(Object.entries(engines).map(([name, of]) => writeProgram(name, `exec ${engine[of]} "$@"`)));
}

const bisect = (args: readonly string[], env: Record<string, string> = {}) =>
  wirewrap(['bisect', '--count=1', change, ...args], { ...env }, process.cwd(), 280_000);
const onVirtual = '--board=virtual?micropython={firmware}';
const statesOf = (stdout: string) => {
  const result = JSON.parse(stdout) as BisectResult;
  return { ...result, states: Object.fromEntries(result.firmwares.map(({ name, state }) => [name, state])) };
};

describe('wirewrap bisect', () => {
  test('names the first firmware that shows it, and tells each step', async () => {
    const [good = '', ...rest] = await programs({ a: 'trixie', b: 'trixie', c: 'forky', d: 'forky', e: 'forky' });
    const bad = rest.pop() ?? '';
    const out = join(folder, 'out');
    const { exitCode, stdout, stderr } = await bisect([good, bad, ...rest, onVirtual, '--checks=0', `--out=${out}`]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      '5 firmwares: a, b, c, d, e',
      'a and e differ in 1 case:',
      expect.stringMatching(/^ {2}dtls\/server-with-client-id: TypeError: extra keyword.* -> completes/),
      '  a  as the good one',
      '  e  shows it: dtls/server-with-client-id',
      '  c  shows it: dtls/server-with-client-id',
      '  b  as the good one',
      'The first firmware that shows it is c; b, before it, does not.',
      '1 of 5 firmwares were not tried (--all tries them).',
      `Records: ${out}`,
    ]);
    const files = await readdir(out);
    for (const file of ['a.1.json', 'a.1.log', 'b.1.json', 'c.1.json', 'e.1.json', 'bisect.json']) {
      expect(files).toContain(file);
    }
  }, 300_000);

  test('skips what does not start, what cannot be built, and what answers differently each time', async () => {
    const repo = join(folder, 'repo');
    const git = (...args: string[]) =>
      execa('git', ['-C', repo, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { stdin: 'ignore' });
    await mkdir(repo);
    await git('init', '-q', '-b', 'main');
    const out = join(folder, 'of-git');
    // It is the other engine once its first record is there.
    const flaky = `ls ${out}/*flaky.1.json > /dev/null 2>&1 && e=${engine.forky} || e=${engine.trixie}; exec $e "$@"`;
    const commits = {
      good: `exec ${engine.trixie} "$@"`,
      broken: 'exit 1',
      'not-built': '',
      flaky,
      bad: `exec ${engine.forky} "$@"`,
    };
    for (const [subject, script] of Object.entries(commits)) {
      await writeFile(join(repo, 'program'), script === '' ? '' : `#!/bin/sh\n${script}\n`);
      await git('add', '.');
      await git('commit', '-q', '-m', subject);
    }
    const build =
      'git show {rev}:program > built; test -s built || { echo nothing to build >&2; exit 2; }; chmod +x built; echo built';
    const args = ['HEAD~4', 'main', `--build=${build}`, `--repo=${repo}`, onVirtual, `--out=${out}`, '--json'];
    const { exitCode, stdout } = await wirewrap(['bisect', '--count=2', change, ...args], {}, process.cwd(), 280_000);
    const { firmwares, skippedBetween, lastGood } = statesOf(stdout);
    expect(exitCode).toBe(1);
    expect(firmwares.map(({ name, state, reason }) => [name.split(' ')[1], state, reason])).toEqual([
      ['good', 'good', null],
      ['broken', 'skipped', expect.stringMatching(/^does not run: .*not MicroPython/)],
      ['not-built', 'skipped', 'cannot be built: nothing to build'],
      [
        'flaky',
        'skipped',
        expect.stringMatching(/^dtls\/server-with-client-id has two answers: TypeError.*; completes/),
      ],
      ['bad', 'bad', null],
    ]);
    expect(lastGood).toMatch(/ good$/);
    expect(skippedBetween).toHaveLength(3);
  }, 300_000);

  test('tells a behaviour that comes and goes', async () => {
    const [good = '', ...rest] = await programs({ p: 'trixie', q: 'forky', r: 'trixie', s: 'forky' });
    const bad = rest.pop() ?? '';
    const { exitCode, stdout } = await bisect([good, bad, ...rest, onVirtual, '--json']);
    expect(exitCode).toBe(1);
    expect(statesOf(stdout)).toMatchObject({
      states: { p: 'good', q: 'bad', r: 'good', s: 'bad' },
      first: 'q',
      turns: ['q', 'r', 's'],
    });
  }, 300_000);

  test('flashes a board, and skips an image that does not boot', async () => {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const flash = join(folder, 'flash');
    const esptool = `[ "$1" = version ] && { echo 'esptool v5.1.0'; exit 0; }\nfor last; do :; done; cp "$last" ${flash}`;
    await writeFile(join(bin, 'esptool'), `#!/bin/sh\n${esptool}\n`, { mode: 0o755 });
    const images = Object.entries({ one: 'trixie', two: 'dead', three: 'forky' });
    for (const [name, word] of images) await writeFile(join(folder, `${name}.bin`), makeFirmware(5, 0, word));
    await writeFile(flash, '');
    const standIn = join(import.meta.dirname, 'stand-ins', 'flashed-board.mjs');
    const board = execa(process.execPath, [standIn, flash, ...Object.entries(engine).map((each) => each.join('='))]);
    try {
      const port = await firstLine(board.stdout);
      const [one, two, three] = images.map(([name]) => join(folder, `${name}.bin`));
      const { exitCode, stdout, stderr } = await bisect(
        [one ?? '', three ?? '', two ?? '', `--board=tcp://127.0.0.1:${port}`, '--json'],
        { PATH: `${bin}:${process.env.PATH}` },
      );
      expect(exitCode, stderr).toBe(1);
      expect(statesOf(stdout)).toMatchObject({
        states: { 'one.bin': 'good', 'two.bin': 'skipped', 'three.bin': 'bad' },
        skippedBetween: ['two.bin'],
      });
    } finally {
      board.kill('SIGTERM');
      await Promise.allSettled([board]);
    }
  }, 300_000);

  test.for([
    ['no firmware', [], /^wirewrap: Name a good and a bad firmware/],
    ['a firmware that is not there', ['nowhere', 'virtual'], /There is no firmware nowhere; name a file, a version/],
    [
      'a version without a folder',
      ['1.20.0', '1.26.1', '--from=/nowhere'],
      /folder of firmwares \/nowhere cannot be read/,
    ],
    ['one firmware twice', ['virtual', 'virtual'], /virtual and virtual are one firmware/],
    [
      'a program that would be flashed',
      ['FOLDER/trixie', 'FOLDER/forky', '--board=tcp://127.0.0.1:1'],
      /trixie is not an image that is flashed \(\.bin\); put \{firmware\}/,
    ],
    ['a program without a board', ['FOLDER/trixie', 'FOLDER/forky'], /Name the board that trixie is to run on/],
    ['a case that nobody knows', ['virtual', 'virtual?ssl=1.18', '--case=client/nope'], /no case "client\/nope"/],
    ['a strange count', ['virtual', 'virtual?ssl=1.18', '--checks=-1'], /--checks=-1 is not a number from 0 to 100/],
    [
      'a revision that is not there',
      ['one', 'two', '--build=true', '--repo=FOLDER'],
      /git does not read|no revision 'one'/,
    ],
    ['a repository without a build', ['one', 'two', '--repo=FOLDER'], /--repo goes with --build/],
  ] as const)('%s is one sentence, exit code 2, and nothing is tried', async ([name, args, message]) => {
    const out = join(folder, `never-${name}`);
    const named = args.map((arg) => arg.replace('FOLDER', folder));
    const { exitCode, stdout, stderr } = await wirewrapHere(['bisect', change, ...named, `--out=${out}`]);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(stderr).not.toContain('\n');
    expect(existsSync(out)).toBe(false);
  });

  test('two firmwares that do not differ are told', async () => {
    const { exitCode, stderr } = await bisect([join(folder, 'forky'), 'virtual?suite=forky', onVirtual]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^wirewrap: forky and virtual\?suite=forky do not differ: there is nothing to search/);
  }, 300_000);
});

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    stream.once('close', () => reject(new Error('it ended before it said its port')));
  });
}
