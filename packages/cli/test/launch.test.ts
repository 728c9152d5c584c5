import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRecentEnough } from '../bin/launch.mjs';
import { cleanEnvironment } from './wirewrap.ts';

const bin = join(import.meta.dirname, '..', 'bin');
let folder: string;

/** A program that needs types stripped, `await using`, and the stack; it tells the order in which things end. */
const disposing = `import { spawnSync } from 'node:child_process';
const ended: string[] = [];
const resource = (name: string): AsyncDisposable => ({ [Symbol.asyncDispose]: async () => void ended.push(name) });
async function main(): Promise<void> {
  await using first = resource('first');
  await using stack = new AsyncDisposableStack();
  stack.use(resource('used'));
  stack.defer(() => void ended.push('deferred'));
  const moved = stack.move();
  ended.push(String(stack.disposed), typeof first);
  await moved.disposeAsync();
}
await main();
const raw = (parts: TemplateStringsArray): string => parts.raw.join('');
ended.push(raw\`</script>\`);
console.log(ended.join(' '));
console.log(new Error('here').stack?.split('\\n')[1]?.replace(/.*disposing/, 'disposing'));
if (process.argv[2]) console.log(String(spawnSync(process.execPath, ['-p', 'typeof AsyncDisposableStack']).stdout).trim());
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-launch-'));
  await writeFile(
    join(folder, 'program.ts'),
    'const words: readonly string[] = process.argv.slice(2);\nconsole.log(JSON.stringify(words));\n',
  );
  // A Node that is too old or does not strip types, as far as the launcher can see.
  await writeFile(join(folder, 'old.cjs'), "Object.defineProperty(process.versions, 'node', { value: '20.11.0' });\n");
  // What Node 22 lacks, taken away from the Node that runs this test.
  await writeFile(
    join(folder, 'node-22.cjs'),
    "Object.defineProperty(process.features, 'typescript', { value: false });\ndelete globalThis.AsyncDisposableStack;\n",
  );
  await writeFile(join(folder, 'disposing.ts'), disposing);
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

  test('Node 22 gets what it lacks, and so do the processes that it starts', async () => {
    const args = [
      '--require',
      join(folder, 'node-22.cjs'),
      join(bin, 'run.mjs'),
      join(folder, 'disposing.ts'),
      'child',
    ];
    const { exitCode, stdout, stderr } = await node(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [order, where, child] = stdout.split('\n');
    expect(order).toBe('true object deferred used first </script>');
    // The line of the TypeScript, not of what was made of it.
    expect(where).toMatch(/^disposing\.ts:17:/);
    expect(child).toBe('function');
  });

  test('run.mjs without a file says so', async () => {
    const { exitCode, stderr } = await node([join(bin, 'run.mjs')]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('name a TypeScript file');
  });
});
