import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TerminalEnd, type TerminalOptions, TerminalRun } from './terminal.ts';
import { suite } from './wirewrap.ts';

/** Terminals as people have them. What is drawn must fit all of them. */
const terminals: readonly (TerminalOptions & { readonly name: string })[] = [
  { name: '40 columns', columns: 40 },
  { name: '80 columns', columns: 80 },
  { name: '200 columns', columns: 200 },
  { name: 'TERM=dumb', env: { TERM: 'dumb' } },
  { name: 'NO_COLOR', env: { NO_COLOR: '1' } },
];

const virtual = '--board=virtual';
const second = '--board=virtual?latency=1';

/** Runs of the small suite, with the line that each of them ends with. */
const runs = {
  unit: { args: ['--project=unit'], last: '1 passed, 0 failed, 2 skipped' },
  board: { args: [virtual], last: '2 passed, 0 failed, 2 skipped' },
  mixed: { args: [], last: '3 passed, 0 failed, 4 skipped' },
  'two boards': { args: [virtual, second], last: '4 passed, 0 failed, 4 skipped' },
} as const;

const commands = {
  doctor: { args: ['doctor'], last: /^good +clock +differs by \d+ s from this host's$/ },
  probe: { args: ['probe'], last: /^`wirewrap probe --verbose` lists everything, with the reason for each mark\.$/ },
  nightly: {
    args: ['nightly', 'module.test.ts', '-t', 'signature/keyword'],
    last: /^ +release done: the board is free$/,
  },
} as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-terminal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The window renderer that wrote through itself took 2,600 MB; a run of the small suite takes some 200. */
const flatMb = 700;

/** Control sequences that a terminal of the kind `dumb` shows as letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const controls = /\x1b/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with it
const colours = /\x1b\[[0-9;]*m/;

function expectClean(end: TerminalEnd, { env = {} }: TerminalOptions): void {
  expect(end.peakMb).toBeLessThan(flatMb);
  expect(end.raw).not.toMatch(/RangeError|^\s+at .*:\d+:\d+\)?\r?$/m);
  if (env.TERM === 'dumb') expect(end.raw).not.toMatch(controls);
  if (env.NO_COLOR) expect(end.raw).not.toMatch(colours);
}

describe.for(terminals)('at a terminal: $name', (terminal) => {
  test.for(Object.entries(runs))('wirewrap test, %s', async ([, { args, last }]) => {
    const end = await new TerminalRun(['test', '--root', suite, ...args], terminal).end();
    expect({ exitCode: end.exitCode, last: end.lines.at(-1) }).toEqual({ exitCode: 0, last });
    expectClean(end, terminal);
  });
});

describe.for(terminals.filter(({ columns }) => columns !== 80))('at a terminal: $name', (terminal) => {
  test.for(Object.entries(commands))('wirewrap %s', async ([name, { args, last }]) => {
    const out = name === 'nightly' ? [`--out=${join(folder, terminal.name)}`] : [];
    const end = await new TerminalRun([...args, ...out], terminal).end();
    expect(end.exitCode).toBe(0);
    expect(end.lines.at(-1)).toMatch(last);
    expectClean(end, terminal);
  });
});

test('an error begins at the margin, whatever line of progress was there', async () => {
  const args = ['bisect', 'virtual', 'virtual?heap=500K', '--case=module/functions', `--out=${join(folder, 'bisect')}`];
  const end = await new TerminalRun(args, { columns: 200 }).end();
  expect({ exitCode: end.exitCode, last: end.lines.at(-1) }).toEqual({
    exitCode: 2,
    last: expect.stringMatching(/^wirewrap: virtual and virtual\?heap=500K do not differ: /),
  });
});

test.for([
  ['a project that nobody knows', ['--project=nope'], /^wirewrap: There is no project 'nope'; see/],
  ['a reporter that nobody knows', ['--reporter=nope'], /^wirewrap: There is no reporter 'nope'; see/],
  [
    'a configuration that is not there',
    ['--config=nope.config.ts'],
    /^wirewrap: There is no file nope\.config\.ts in /,
  ],
  [
    'a part of the tests that is none',
    ['--shard=9/2'],
    /^wirewrap: vitest does not start \(.*shard.*\): look at its options/,
  ],
  ['a pattern that is none', ['-t', '('], /^wirewrap: -t \( is no pattern: /],
  ['a file that is not there', ['nosuchfile'], /^wirewrap: There is no test file whose path has 'nosuchfile' in it: /],
] as const)('%s is one sentence, though the tests are counted first', async ([, args, message]) => {
  const end = await new TerminalRun(['test', '--root', suite, ...args], { columns: 200 }).end();
  expect({ exitCode: end.exitCode, last: end.lines.at(-1) }).toEqual({
    exitCode: 2,
    last: expect.stringMatching(message),
  });
  expectClean(end, {});
});

test('a run knows its total before the first test, so that the time left is right', async () => {
  const { raw } = await new TerminalRun(['test', '--root', suite], { columns: 200 }).end();
  const totals = new Set([...raw.matchAll(/ \d+ of (\d+\+?)/g)].map(([, total]) => total));
  expect([...totals]).toEqual(['7']);
});

describe('Ctrl-C at a terminal', () => {
  const slow = { SLOW: '1' };
  test.for([
    ['test, unit', ['test', '--root', suite, '--project=unit'], 'passes', {}],
    ['test, a board', ['test', '--root', suite, virtual], 'slow: hanging', slow],
    ['test, everything', ['test', '--root', suite], 'slow: hanging', slow],
    ['test, two boards', ['test', '--root', suite, virtual, second], 'slow: hanging', slow],
    ['doctor', ['doctor'], 'skipped', {}],
    ['probe', ['probe'], 'virtual', {}],
    ['nightly', ['nightly', '--root', suite], 'slow: hanging', slow],
  ] as const)('%s', async ([name, args, when, env]) => {
    const out = name === 'nightly' ? [`--out=${join(folder, 'interrupted')}`] : [];
    const running = new TerminalRun([...args, ...out], { env });
    await running.shows(when);
    running.type('\x03');
    const end = await running.end();
    // A command that was through before the key arrived has ended well.
    expect(end.exitCode === 0 && env !== slow ? 130 : end.exitCode).toBe(130);
    expectClean(end, {});
  });
});
