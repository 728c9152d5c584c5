import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lease, parseBoard } from '@wirewrap/boards';
import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wirewrapHere } from './in-process.ts';
import { wirewrap } from './wirewrap.ts';

let folder: string;
let virtual: VirtualBoard;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-tools-'));
  virtual = await startVirtualBoard();
});
afterAll(async () => {
  await virtual?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command on the board of this file, which keeps its files from one to the next. */
const on = (name: string, ...args: string[]) => wirewrapHere([name, `--board=${virtual.path}`, ...args]);

async function good(name: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await on(name, ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

describe('wirewrap exec and run', () => {
  test('exec prints what the program prints', async () => {
    expect(await good('exec', 'print(6 * 7)')).toBe('42');
  });

  test('a new interpreter each time, unless --resume', async () => {
    await good('exec', 'kept = 1');
    expect(await good('exec', '--resume', 'print(kept)')).toBe('1');
    expect(await good('exec', "print('kept' in globals())")).toBe('False');
  });

  test('an exception is a traceback on stderr and exit code 1, after what was printed', async () => {
    const { exitCode, stdout, stderr } = await on('exec', "print('before')\n1/0");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'before' });
    expect(stderr).toMatch(/^Traceback .*\n {2}File "<stdin>", line 2.*\nZeroDivisionError: divide by zero$/);
  });

  test('run sends a file, and tracebacks name it', async () => {
    const file = join(folder, 'raises.py');
    await writeFile(file, "print('in run')\n\nraise ValueError('x')\n");
    const { exitCode, stdout, stderr } = await on('run', file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'in run' });
    expect(stderr).toContain(`File "${file}", line 3`);
  });

  test('--timeout ends a program that does not end', async () => {
    const { exitCode, stderr } = await on('exec', '--timeout=1', 'while True: pass');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/longer than --timeout=1 /) });
    expect(await good('exec', 'print(1)')).toBe('1');
  });

  test('output comes as it is printed, and Ctrl-C ends the program on the board', async () => {
    const running = wirewrap([
      'exec',
      `--board=${virtual.path}`,
      "import time\nprint('first')\nwhile True: time.sleep(0.01)",
    ]);
    await new Promise<void>((seen) => running.stdout?.on('data', () => seen()));
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    expect(await good('exec', 'print(2)')).toBe('2');
  });
});

describe('files on the board', () => {
  test('cp there and back keeps every byte, also in folders', async () => {
    const tree = join(folder, 'lib');
    await mkdir(join(tree, 'deep', 'empty'), { recursive: true });
    const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) & 0xff));
    await writeFile(join(tree, 'blob.bin'), bytes);
    await writeFile(join(tree, 'deep', 'größe.py'), 'x = 1\n');
    expect(await good('cp', '-r', tree, ':')).toBe('2 files copied (5006 bytes).');
    await good('cp', '-r', ':lib', join(folder, 'back'));
    expect((await readdir(join(folder, 'back'), { recursive: true })).sort()).toEqual(
      (await readdir(tree, { recursive: true })).sort(),
    );
    expect(bytes.equals(await readFile(join(folder, 'back', 'blob.bin')))).toBe(true);
  });

  test('what is the same is not sent again, unless --force', async () => {
    const file = join(folder, 'same.py');
    await writeFile(file, 'a = 1\n');
    await good('cp', file, ':same.py');
    expect(await good('cp', file, ':')).toBe('0 files copied (0 bytes), 1 the same already.');
    expect(await good('cp', '-f', file, ':')).toBe('1 file copied (6 bytes).');
    await writeFile(file, 'a = 2\n');
    expect(await good('cp', '-v', file, ':')).toBe(`cp ${file} :same.py\n1 file copied (6 bytes).`);
    expect(await good('cat', ':same.py')).toBe('a = 2');
  });

  test('cp on the board, ls, cat, mkdir, rm', async () => {
    await good('mkdir', ':one');
    await good('mkdir', '-p', 'one/two/three');
    await good('mkdir', '-p', 'one/two/three');
    await writeFile(join(folder, 'here.txt'), 'here\n');
    await good('cp', join(folder, 'here.txt'), ':one/');
    await good('cp', ':one/here.txt', ':one/there.txt');
    expect(await good('ls', ':one')).toBe('           5 here.txt\n           5 there.txt\n           0 two/');
    expect(JSON.parse(await good('ls', '--json', 'one'))).toContainEqual({
      path: 'one/two',
      kind: 'directory',
      size: 0,
    });
    expect(await good('cat', 'one/here.txt', ':one/there.txt')).toBe('here\nhere');
    expect(await good('rm', '-v', ':one/there.txt')).toBe('removed :one/there.txt');
    await good('rm', '-r', ':one');
    expect(await good('ls')).not.toContain('one/');
    await good('rm', '-f', ':one');
  });

  test('a folder for what follows', async () => {
    await good('mkdir', '-p', ':keep');
    await writeFile(join(folder, 'file'), 'kept');
    await good('cp', join(folder, 'file'), ':keep/file');
  });

  test.for([
    ['ls of nothing', ['ls', ':nowhere'], /^wirewrap: :nowhere: no such file or folder on the board\.$/],
    ['cat of nothing', ['cat', ':nowhere'], /:nowhere: no such file/],
    ['cat of a folder', ['cat', ':keep'], /:keep: is a folder/],
    ['mkdir of what exists', ['mkdir', ':keep'], /:keep: exists already/],
    ['mkdir without its parent', ['mkdir', ':no/way'], /:no\/way: no such file or folder/],
    ['rm of a folder without -r', ['rm', ':keep/file', ':keep'], /:keep: is a folder; add -r/],
    ['cp with both sides here', ['cp', 'a', 'b'], /Neither side is on the board; put a `:`/],
    ['cp with one argument', ['cp', 'a'], /Name what to copy and where to/],
    ['cp of nothing', ['cp', '/nowhere', ':'], /There is no file or folder \/nowhere/],
    ['cp of a folder without -r', ['cp', ':keep', '/tmp'], /:keep is a folder; add -r/],
    ['cp to a folder that is not there', ['cp', ':keep/file', ':nope/'], /There is no folder :nope; make it first/],
    ['cp of two to one name', ['cp', ':keep/file', ':boot.py', ':nope'], /:nope is no folder/],
    ['exec without code', ['exec'], /wirewrap exec takes one argument/],
    ['run of a file that is not there', ['run', '/nowhere.py'], /\/nowhere\.py cannot be read/],
    ['a time that is none', ['exec', '--timeout=soon', 'x'], /--timeout=soon is not a number of seconds/],
    ['reset in two ways', ['reset', '--soft', '--power'], /exclude each other/],
    ['repl without a terminal', ['repl'], /needs a terminal/],
  ] as const)('%s is one sentence, exit code 2', async ([, [name, ...args], message]) => {
    const { exitCode, stderr } = await on(name, ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.split('\n')).toHaveLength(1);
  });

  test('and nothing was lost by any of these', async () => {
    expect(await good('cat', ':keep/file')).toBe('kept');
  });

  test('a folder that cannot be written here leaves nothing behind', async () => {
    const { exitCode, stderr } = await on('cp', ':boot.py', '/proc/nope/x');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('Cannot write /proc/nope/x') });
  });
});

describe('wirewrap reset', () => {
  test.for([
    ['of the chip', [], /reset/],
    ['soft', ['--soft'], /soft reboot/],
  ] as const)('%s tells what the board said, and variables are gone', async ([, args, said]) => {
    await good('exec', 'kept = 1');
    expect(await good('reset', ...args)).toMatch(said);
    expect(await good('exec', '--resume', "print('kept' in globals())")).toBe('False');
  });

  test('--power uses the powerCycle of the configuration', async () => {
    const config = join(folder, 'wirewrap.config.ts');
    const mark = join(folder, 'cycled');
    await writeFile(
      config,
      `export default { boards: { desk: { url: '${virtual.path}', powerCycle: 'touch ${mark}' } } };\n`,
    );
    const { exitCode } = await wirewrapHere(['reset', '--board=desk', '--power'], { env: { WIREWRAP_CONFIG: config } });
    expect(exitCode).toBe(0);
    expect(await readdir(folder)).toContain('cycled');
  });
});

test('a board that is leased is refused by name, and waited for with --wait', async () => {
  const lease = await Lease.acquire(parseBoard(virtual.path), { purpose: 'a long night' });
  const { exitCode, stderr } = await on('exec', 'print(1)');
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('a long night') });
  const told = Promise.withResolvers<string>();
  const waiting = wirewrapHere(['exec', `--board=${virtual.path}`, '--wait', 'print(1)'], { onStderr: told.resolve });
  expect(await told.promise).toContain('waiting for');
  await lease.release();
  expect(await waiting).toMatchObject({ exitCode: 0, stdout: '1', stderr: expect.stringContaining('a long night') });
});

test.for(['virtual', 'virtual?latency=1'])('the board %s is started for one command', async (url) => {
  const { stdout } = await wirewrap(['exec', `--board=${url}`, 'import sys; print(sys.implementation.name)']);
  expect(stdout).toBe('micropython');
});
