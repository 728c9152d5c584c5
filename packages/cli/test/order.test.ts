import { openBoard } from '@wirewrap/repl-driver';
import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { expect, onTestFinished, test } from 'vitest';
import type { OrderResult } from '../src/order/order-result.ts';
import { wirewrapHere } from './in-process.ts';
import { wirewrap } from './wirewrap.ts';

/** What a call of `ssl.wrap_socket` with a number as host name does, which only the case signature/hostname-int makes. */
const bootWith = (atCall: string, atBoot = ''): string => `import ssl
${atBoot}
_wrap = ssl.wrap_socket
def wrap_socket(*args, **words):
    if isinstance(words.get('server_hostname'), int):
        ${atCall}
    return _wrap(*args, **words)
ssl.wrap_socket = wrap_socket
`;

/** A board that keeps its flash from run to run, with a case that leaves a state behind for another. */
async function boardWith(files: Readonly<Record<string, string>>): Promise<VirtualBoard> {
  const device = await startVirtualBoard();
  onTestFinished(() => device[Symbol.asyncDispose]());
  await using board = await openBoard(device.path);
  for (const [path, text] of Object.entries(files)) await board.files.write(path, text);
  await board.reset('soft');
  return device;
}

const chosen = [
  'module/functions',
  'module/names',
  'signature/no-arguments',
  'signature/hostname-int',
  'signature/positional-option',
].map((id) => `--case=${id}`);

/** In the order of seed 2 the case comes last; in the usual order that one is behind it. */
const order = (device: VirtualBoard, ...words: readonly string[]) =>
  wirewrapHere(['order', 'module/functions', `--board=${device.path}`, ...chosen, ...words]);

test('names the case after which another fails, and tells each step', async () => {
  const device = await boardWith({ 'boot.py': bootWith('ssl.left_behind = print') });
  const { exitCode, stdout, stderr } = await order(device, '--shuffle=2');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n').slice(1)).toEqual([
    '  alone: wrap_socket',
    '  alone: wrap_socket',
    '  after the 4 before it in its suite, in the order of --shuffle=2: left_behind, wrap_socket',
    '  after the 4 before it in its suite, in the order of --shuffle=2: left_behind, wrap_socket',
    '  after module/names and signature/positional-option: wrap_socket',
    '  after signature/hostname-int and module/names and signature/positional-option: left_behind, wrap_socket',
    '  after signature/hostname-int: left_behind, wrap_socket',
    '  after signature/hostname-int: left_behind, wrap_socket',
    '  alone: wrap_socket',
    'module/functions fails only after signature/hostname-int, in the order of --shuffle=2.',
    '  alone: wrap_socket',
    '  after it: left_behind, wrap_socket',
  ]);
});

test('names the case after which another passes; what is left in a new file is removed between runs', async () => {
  const atBoot = `import os\nif 'left' not in os.listdir('/'):\n    ssl.missing = print`;
  const atCall = `open('/left', 'w').close(); ssl.__dict__.pop('missing', None)`;
  const device = await boardWith({ 'boot.py': bootWith(atCall, atBoot) });
  const { exitCode, stdout } = await order(device, '--shuffle=2', '--count=1', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'wirewrap.order/1',
    case: 'module/functions',
    verdict: 'found',
    order: 'the order of --shuffle=2',
    after: ['signature/hostname-int'],
    alone: [{ verdict: 'fails' }, { verdict: 'fails' }],
    together: [{ verdict: 'passes' }],
  } satisfies Partial<Record<keyof OrderResult, unknown>>);
});

test('a shuffled run prints the command that finds it', async () => {
  const device = await boardWith({ 'boot.py': bootWith('ssl.left_behind = print') });
  const { stdout } = await wirewrap(['test', `--board=${device.path}`, '--shuffle=2', ...chosen]);
  const [, hint] = /^Whether the order did it: (.*)$/m.exec(stdout) ?? [];
  expect(hint).toBe(`wirewrap order module/functions --shuffle=2 ${chosen.join(' ')} --board=${device.path}`);
  // Here the case comes before that one.
  const other = await wirewrap(['test', `--board=${device.path}`, '--shuffle=1', ...chosen]);
  expect(other.stdout).toContain('--shuffle=1 repeats it');
  expect(other.stdout).not.toContain('Whether the order did it');
});

test('a state that outlives the reset is told: the difference does not repeat', async () => {
  const atBoot = `if open('/state').read() == '1':\n    ssl.left_behind = print`;
  const atCall = `f = open('/state', 'w'); f.write('1'); f.close(); ssl.left_behind = print`;
  const device = await boardWith({ state: '0', 'boot.py': bootWith(atCall, atBoot) });
  const { exitCode, stdout } = await order(device, '--shuffle=2', '--count=1');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^Whether module\/functions depends on what ran before is not certain: /m);
});

test('a case that no order changes is told', async () => {
  const { exitCode, stdout } = await wirewrapHere([
    ...['order', 'module/functions', '--board=virtual', '--count=1', '--shuffle=2'],
    ...chosen,
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('module/functions shows the same alone and after what runs before it.');
});

test.for([
  ['no case', [], /^wirewrap: Name the one case that ended otherwise: wirewrap order CASE --shuffle=SEED\.$/],
  ['two cases', ['module/functions', 'module/names'], /^wirewrap: Name the one case/],
  ['a case that nobody knows', ['module/function'], /no case "module\/function"; did you mean module\/functions\?/],
  ['a pattern', ['module/*'], /module\/\* stands for several cases: name one of them/],
  [
    'a case of another suite',
    ['module/names', '--suite=trust'],
    /module\/names is not among the cases that the options/,
  ],
  ['a suite that is not there', ['module/names', '--suite=modul'], /no suite "modul"; did you mean module\?/],
  ['no seed', ['module/names', '--shuffle=random'], /--shuffle=random is no seed of a run/],
  ['a strange count', ['module/names', '--count=0'], /--count=0 is not a number from 1 to 100/],
  ['a baseline that is not there', ['module/names', '--baseline=/nowhere.json'], /nowhere\.json/],
  ['a board that is not there', ['module/names', '--board=/dev/ttyNOWHERE'], /ttyNOWHERE/],
] as const)('%s is one sentence, exit code 2', async ([, words, message]) => {
  const { exitCode, stdout, stderr } = await wirewrapHere(['order', ...words]);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
  expect(stderr).not.toContain('\n');
});
