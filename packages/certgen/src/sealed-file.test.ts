import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimSealed, readSealed, writeSealed } from './sealed-file.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-sealed-'));
  path = join(folder, 'deep', 'file');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a sealed file', () => {
  test('gives back its body', async () => {
    writeSealed(path, 'body\nof two lines\n');
    expect(readSealed(path)).toBe('body\nof two lines\n');
  });

  test('is nothing when it is not there', async () => {
    expect(readSealed(path)).toBeNull();
  });

  test.for([0, 1, 30, 80, 90])('is nothing when only %i bytes are left', async (bytes) => {
    writeSealed(path, 'a body of some length, so that ninety bytes are not all of it');
    await truncate(path, bytes);
    expect(readSealed(path)).toBeNull();
  });

  test('is nothing when one letter is another', async () => {
    writeSealed(path, 'body');
    await writeFile(path, (await readFile(path, 'utf8')).replace('body', 'bodx'));
    expect(readSealed(path)).toBeNull();
  });

  test('leaves no temporary file behind', async () => {
    Array.from({ length: 20 }, (_, index) => claimSealed(path, `body ${index}`));
    expect(await readdir(join(folder, 'deep'))).toEqual(['file']);
  });

  test('has the mode that was asked for', async () => {
    claimSealed(path, 'secret', 0o600);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

describe('claiming', () => {
  test('gives everybody the same body', async () => {
    const bodies = Array.from({ length: 20 }, (_, index) => claimSealed(path, `body ${index}`));
    expect(new Set(bodies).size).toBe(1);
    expect(readSealed(path)).toBe(bodies[0]);
  });

  test('puts a whole file in place of a damaged one', async () => {
    await mkdir(join(folder, 'deep'));
    await writeFile(path, 'half a fi');
    expect(claimSealed(path, 'whole')).toBe('whole');
    expect(readSealed(path)).toBe('whole');
  });

  test('puts a file in place of a folder', async () => {
    await mkdir(path, { recursive: true });
    expect(claimSealed(path, 'whole')).toBe('whole');
  });
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that cannot be written is named (skipped: root may write anywhere)',
  async () => {
    await chmod(folder, 0o500);
    expect(() => writeSealed(path, 'body')).toThrow(expect.objectContaining({ code: 'CACHE_UNWRITABLE' }));
  },
);

test('a file where the folder should be is named', async () => {
  await writeFile(join(folder, 'deep'), '');
  const named = { code: 'CACHE_UNWRITABLE', message: expect.stringContaining(join(folder, 'deep')) };
  expect(() => writeSealed(path, 'body')).toThrow(expect.objectContaining(named));
});
