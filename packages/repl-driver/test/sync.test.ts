import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Board } from '../src/index.ts';
import { type Bench, openBench } from './helpers.ts';

let bench: Bench;
let board: Board;
beforeAll(async () => {
  bench = await openBench();
  board = bench.board;
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

const text = (content: string) => new Uint8Array(Buffer.from(content));

/** A disk of 50 KiB in RAM, as an SD card would be mounted. */
const MOUNT_DISK = `import vfs
class Disk:
 def __init__(self): self.data = bytearray(512 * 100)
 def readblocks(self, n, buf, offset=0):
  at = n * 512 + offset
  buf[:] = memoryview(self.data)[at:at + len(buf)]
 def writeblocks(self, n, buf, offset=0):
  at = n * 512 + offset
  self.data[at:at + len(buf)] = buf
 def ioctl(self, op, arg): return 100 if op == 4 else 512 if op == 5 else 0
disk = Disk()
vfs.VfsFat.mkfs(disk)
vfs.mount(disk, '/sd')`;

describe('sync', () => {
  test('where a file was comes a folder, and the other way round', async () => {
    await board.files.sync('/swap', { a: text('a'), 'b/c': text('c') });
    await board.files.sync('/swap', { 'a/d/e': text('e'), b: text('b') });
    expect(await tree(board, '/swap')).toEqual(['/swap/a/', '/swap/a/d/', '/swap/a/d/e', '/swap/b']);
    await board.files.sync('/swap', {});
    expect(await tree(board, '/swap')).toEqual([]);
  });

  test('a folder that is there as a file is ENOTDIR, and the file stays', async () => {
    await board.files.write('/taken', 'a file');
    await expect(board.files.sync('/taken', { a: text('a') })).rejects.toMatchObject({ errnoName: 'ENOTDIR' });
    await expect(board.files.sync('/taken/x', { a: text('a') })).rejects.toMatchObject({ errnoName: 'ENOTDIR' });
    expect(await board.files.read('/taken')).toEqual(text('a file'));
  });

  const refused: [string, Record<string, Uint8Array>][] = [
    ['a file that is a folder too', { a: text('1'), 'a/b': text('2') }],
    ['a way out of the folder', { ok: text('1'), '../out': text('2') }],
    ['an absolute path', { '/a': text('1') }],
    ['a name with a NUL', { 'a\0b': text('1') }],
  ];
  test.for(refused)('%s is refused before anything is touched', async ([, files]) => {
    await expect(board.files.sync('/never', files)).rejects.toMatchObject({ code: 'BAD_VALUE' });
    await expect(board.files.stat('/never')).rejects.toMatchObject({ errnoName: 'ENOENT' });
  });

  test("'' is the current folder, not the root", async () => {
    await board.exec("import os; os.mkdir('/here'); os.chdir('/here')");
    await board.files.sync('', { a: text('a') });
    expect(await board.files.list('')).toEqual([{ path: 'a', kind: 'file', size: 1 }]);
    expect(await board.files.list('/here')).toEqual([{ path: '/here/a', kind: 'file', size: 1 }]);
    expect(await board.files.stat('/boot.py')).toMatchObject({ kind: 'file' });
    await board.exec("os.chdir('/')");
  });

  test("a program's names do not matter, and none are added", async () => {
    await board.exec('list = OSError = os = stat = print = len = 5');
    await board.evaluate('1');
    const names = 'sorted(k for k in globals())';
    const before = await board.evaluate(names);
    await board.files.sync('/names', { 'a/b': text('b'), 'c/d': text('d') });
    await board.files.sync('/names', { a: text('a') });
    expect(await tree(board, '/names')).toEqual(['/names/a']);
    expect(await board.evaluate(names)).toEqual(before);
    await board.exec('del list, OSError, os, stat, print, len');
  });
});

test('the root keeps what is mounted in it, and can be synced beside it', async () => {
  await using bench = await openBench();
  const { board } = bench;
  await board.exec(MOUNT_DISK);
  await board.files.write('/sd/photo.jpg', 'on the card');
  await board.files.write('/stale', 'on flash');
  const files = { 'boot.py': text('# boot'), 'lib/a.py': text('a = 1') };
  await board.files.sync('/', files);
  expect(await tree(board, '/')).toEqual(['/boot.py', '/lib/', '/lib/a.py', '/sd/', '/sd/photo.jpg']);
  await board.files.sync('/', { ...files, 'sd/new.txt': text('also on the card') });
  expect(await tree(board, '/')).toEqual(['/boot.py', '/lib/', '/lib/a.py', '/sd/', '/sd/new.txt', '/sd/photo.jpg']);
});

test('what is equal on a read-only disk is equal', async () => {
  await using bench = await openBench();
  const { board } = bench;
  await board.exec(MOUNT_DISK);
  await board.files.sync('/sd/app', { 'a/b.py': text('b') });
  await board.exec("vfs.umount('/sd'); vfs.mount(disk, '/sd', readonly=True)");
  await board.files.sync('/sd/app', { 'a/b.py': text('b') });
  await expect(board.files.sync('/sd/app', { 'a/b.py': text('c') })).rejects.toMatchObject({ errnoName: 'EROFS' });
  await expect(board.files.write('/sd/app/new', 'x')).rejects.toMatchObject({ errnoName: 'EROFS' });
});

test.for([300, 128])('200 files are compared in a heap of %i KiB', async (kib) => {
  await using bench = await openBench({ heapBytes: kib * 1024 });
  const { board } = bench;
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`pkg${index % 7}/module_${index}.py`, new Uint8Array(randomBytes(40))]),
  );
  await board.files.sync('/many', files);
  let sent = 0;
  const stop = board.onTraffic(({ direction, bytes }) => {
    if (direction === 'host') sent += bytes.length;
  });
  await board.files.sync('/many', files);
  stop();
  expect(sent).toBeLessThan(1_000);
  expect(await board.files.read('/many/pkg3/module_199.py')).toEqual(files['pkg3/module_199.py']);
  await board.files.sync('/many', {});
  expect(await board.files.list('/many')).toEqual([]);
});

/** All paths below a folder, folders with a slash at their end. */
async function tree(board: Board, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const { path, kind } of await board.files.list(folder)) {
    paths.push(kind === 'directory' ? `${path}/` : path);
    if (kind === 'directory') paths.push(...(await tree(board, path)));
  }
  return paths;
}
