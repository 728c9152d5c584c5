import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { writeNew, writeWhole } from '../src/basics.ts';

const root = await mkdtemp(join(tmpdir(), 'write-whole-'));
afterAll(() => rm(root, { recursive: true }));
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'case-'));
});

test('a file is written whole, in a folder that is made, and nothing lies beside it', async () => {
  const path = join(folder, 'results', 'summary.md');
  await writeWhole(path, '# One\n');
  await writeWhole(path, Buffer.from('# Two\n'));
  expect(await readFile(path, 'utf8')).toBe('# Two\n');
  expect(await readdir(join(folder, 'results'))).toEqual(['summary.md']);
});

test('readers never see a part of it', async () => {
  const path = join(folder, 'file');
  const sizes = new Set<number>();
  await writeWhole(path, 'a'.repeat(300_000));
  let writing = true;
  const written = (async () => {
    for (let round = 0; round < 30; round++) await writeWhole(path, (round % 2 ? 'a' : 'b').repeat(300_000));
    writing = false;
  })();
  while (writing) sizes.add((await readFile(path)).length);
  await written;
  expect([...sizes]).toEqual([300_000]);
});

test('a pipe takes the content, and is a pipe afterwards', async () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const [heard] = await Promise.all([readFile(path, 'utf8'), writeWhole(path, 'to who reads it')]);
  expect(heard).toBe('to who reads it');
  expect((await stat(path)).isFIFO()).toBe(true);
});

test('the standard output is written to, and stays what it is', () => {
  const basics = new URL('../src/basics.ts', import.meta.url).href;
  const program = `import { writeWhole } from '${basics}'; await writeWhole('/dev/stdout', 'to who reads it');`;
  const env = { ...process.env, NODE: process.execPath, PROGRAM: program };
  // Node's own pipe to a child is a socket, which nobody can open by a name.
  const line = '"$NODE" --input-type=module -e "$PROGRAM" | cat';
  expect(execFileSync('sh', ['-c', line], { encoding: 'utf8', env })).toBe('to who reads it');
  expect(lstatSync('/dev/stdout').isSymbolicLink()).toBe(true);
});

test('the mode is that of the file from its first byte', async () => {
  const path = join(folder, 'secret');
  await writeWhole(path, 'key', { mode: 0o600 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a folder that must be there is not made, and one that is no folder leaves nothing behind', async () => {
  await expect(writeWhole(join(folder, 'no', 'file'), '', { makeFolder: false })).rejects.toMatchObject({
    code: 'ENOENT',
  });
  await writeWhole(join(folder, 'file'), '');
  await expect(writeWhole(folder, 'x')).rejects.toMatchObject({
    code: expect.stringMatching(/^E(?:ISDIR|NOTEMPTY|EXIST)$/),
  });
  expect(await readdir(root)).toEqual(expect.not.arrayContaining([expect.stringMatching(/\.tmp$/)]));
  expect(await readdir(folder)).toEqual(['file']);
});

test('of several that want a new file, one gets it, and what is there stays', async () => {
  const path = join(folder, 'lease');
  const won = await Promise.all(Array.from({ length: 20 }, (_, index) => writeNew(path, String(index))));
  expect(won.filter(Boolean)).toHaveLength(1);
  expect(await readFile(path, 'utf8')).toBe(String(won.indexOf(true)));
  expect(await readdir(folder)).toEqual(['lease']);
});
