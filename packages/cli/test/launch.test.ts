import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRecentEnough } from '../bin/launch.mjs';
import { cleanEnvironment } from './wirewrap.ts';

const bin = join(import.meta.dirname, '..', 'bin');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-launch-'));
  await writeFile(
    join(folder, 'program.ts'),
    'const words: readonly string[] = process.argv.slice(2);\nconsole.log(JSON.stringify(words));\n',
  );
  // A Node that is too old or does not strip types, as far as the launcher can see.
  await writeFile(join(folder, 'old.cjs'), "Object.defineProperty(process.versions, 'node', { value: '20.11.0' });\n");
  const once =
    "if (!/strip-types/.test(process.env.NODE_OPTIONS || '')) Object.defineProperty(process.features, 'typescript', { value: false });\n";
  await writeFile(join(folder, 'unstripped.cjs'), once);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function node(args: readonly string[]) {
  return execa(process.execPath, args, { env: cleanEnvironment(), extendEnv: false, reject: false });
}

test.for([
  ['18.0.0', false],
  ['20.20.2', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['24.21.0', true],
] as const)('Node %s', ([version, expected]) => {
  expect(isRecentEnough(version)).toBe(expected);
});

describe('bin', () => {
  test('a Node that is too old gets one sentence with the remedy and exit code 2', async () => {
    const { exitCode, stderr, stdout } = await node(['--require', join(folder, 'old.cjs'), join(bin, 'wirewrap.mjs')]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^wirewrap: this is Node 20\.11\.0,.*npx --yes -p node@24 -p pnpm@12 pnpm start`\.$/);
  });

  test('run.mjs runs a TypeScript program with its arguments and nothing on stderr', async () => {
    const program = join(folder, 'program.ts');
    const { exitCode, stdout, stderr } = await node([join(bin, 'run.mjs'), program, 'a', '--b=c']);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '["a","--b=c"]', stderr: '' });
  });

  test('a Node that does not strip types by default starts one that does', async () => {
    const program = join(folder, 'program.ts');
    const args = ['--require', join(folder, 'unstripped.cjs'), join(bin, 'run.mjs'), program, 'a'];
    const { exitCode, stdout, stderr } = await node(args);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '["a"]', stderr: '' });
  });

  test('run.mjs without a file says so', async () => {
    const { exitCode, stderr } = await node([join(bin, 'run.mjs')]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('name a TypeScript file');
  });
});
