import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { initProject } from './init-project.ts';

async function folderWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-init-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

test('a new project gets everything it needs', async () => {
  const folder = await folderWith();
  const { written, kept } = await initProject({ folder, version: '1.2.3', workflow: true, pullRequest: true });
  expect(written).toEqual([
    'package.json',
    'vitest.config.ts',
    'wirewrap.config.ts',
    'test/tls.test.ts',
    '.gitignore',
    '.github/workflows/nightly.yml',
    '.github/workflows/pull-request.yml',
  ]);
  expect(kept).toEqual([]);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  expect(manifest.devDependencies.wirewrap).toBe('^1.2.3');
  expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('what is there already stays as it is, and is named', async () => {
  const mine = { 'package.json': '{ "name": "mine" }', 'vite.config.mjs': 'export default {};', '.gitignore': 'x\n' };
  const folder = await folderWith(mine);
  await mkdir(join(folder, 'test'));
  await writeFile(join(folder, 'test/tls.test.ts'), 'mine');
  const { written, kept } = await initProject({ folder, version: '1.2.3', workflow: false, pullRequest: false });
  expect(written).toEqual(['wirewrap.config.ts']);
  expect(kept.map(({ path }) => path)).toEqual(['package.json', 'vite.config.mjs', 'test/tls.test.ts', '.gitignore']);
  for (const [name, text] of Object.entries(mine)) expect(await readFile(join(folder, name), 'utf8')).toBe(text);
  expect(await readFile(join(folder, 'test/tls.test.ts'), 'utf8')).toBe('mine');
});

test('a second time it writes nothing', async () => {
  const folder = await folderWith();
  await initProject({ folder, version: '1.2.3', workflow: true, pullRequest: true });
  expect((await initProject({ folder, version: '1.2.3', workflow: true, pullRequest: true })).written).toEqual([]);
});
