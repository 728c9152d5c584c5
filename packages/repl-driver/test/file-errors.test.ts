import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoardFiles } from '../src/index.ts';
import { type Bench, openBench } from './helpers.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

describe('an exception of the board says what was being done', () => {
  const failures: [string, (files: BoardFiles) => Promise<unknown>][] = [
    ['OSError: [Errno 2] ENOENT (listing /none)', (files) => files.list('/none')],
    ['OSError: [Errno 2] ENOENT (asking for /none)', (files) => files.stat('/none')],
    ['OSError: [Errno 2] ENOENT (removing /none)', (files) => files.remove('/none')],
    ['OSError: [Errno 2] ENOENT (making /none/x)', (files) => files.mkdir('/none/x')],
    ['OSError: [Errno 2] ENOENT (renaming /none to /x)', (files) => files.rename('/none', '/x')],
    ['OSError: [Errno 2] ENOENT (reading /none)', (files) => files.read('/none')],
  ];
  test.for(failures)('%s', async ([message, fail]) => {
    await expect(fail(bench.board.files)).rejects.toMatchObject({ message, frames: [], errnoName: 'ENOENT' });
  });

  test('writing, a sync and an upload', async () => {
    const { files } = bench.board;
    await files.write('/taken', 'x');
    await expect(files.write('/none/x', 'x')).rejects.toThrow('ENOENT');
    await expect(files.write('/none/x', 'x')).rejects.toThrow('(writing /none/x)');
    await expect(files.sync('/taken', { a: Buffer.from('a') })).rejects.toThrow('(the sync of /taken)');
    await expect(files.upload('large', new Uint8Array(2_000_000))).rejects.toThrow('(the upload of large)');
  });

  test("frames of a program's own file system stay", async () => {
    await bench.board.exec(
      [
        'import os',
        'class Disk:',
        ' def mount(self, readonly, mkfs): pass',
        ' def stat(self, path): raise OSError(5)',
        "os.mount(Disk(), '/own')",
      ].join('\n'),
      { filename: 'disk.py' },
    );
    const error = { errno: 5, frames: [{ file: 'disk.py', line: 4, name: 'stat' }] };
    await expect(bench.board.files.stat('/own/x')).rejects.toMatchObject(error);
  });
});
